"""The page 统计: figures broken down, the lists behind them, what they mean, and what changed since a seal."""
