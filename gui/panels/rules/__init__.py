"""Parts of the page 词典与规则."""
