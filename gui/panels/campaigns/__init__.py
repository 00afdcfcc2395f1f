"""The tab 专项 of 自查自纠: campaigns and their coverage, the matrix of findings, samples for 抽查."""
