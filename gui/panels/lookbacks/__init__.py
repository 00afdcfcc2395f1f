"""The page 回头看: what was drawn to be looked at again, the queue of forms, lists, and how far all is covered."""
