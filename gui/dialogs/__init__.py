"""Short questions: one decision with its consequences, or one short input."""
