"""The page 月调度: the grid of a month, the matrix of units, the queue of the county's judgement."""
