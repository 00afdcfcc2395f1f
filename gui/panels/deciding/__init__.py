"""Parts of the page 逐件审核."""
