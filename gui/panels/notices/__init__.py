"""The page 通知单: what the lights propose, writing and issuing, what waits for an answer, answers and how it ended."""
