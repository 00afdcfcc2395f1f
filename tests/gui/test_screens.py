from __future__ import annotations

import pytest
from PySide6.QtCore import QRect

from gui.screens import LEAST, fitting

LEFT, RIGHT = QRect(0, 0, 1366, 728), QRect(1366, 0, 1920, 1040)


@pytest.mark.parametrize(
    ("kept", "screens", "found"),
    [
        ([], [LEFT], None),
        ([1, 2, 3], [LEFT], None),
        ([10, 20, 1200, 700], [], None),
        ([10, 20, 0, 700], [LEFT], None),
        ([10, 20, 1200, 700], [LEFT], (10, 20, 1200, 700)),
        ([1500, 100, 1600, 900], [LEFT, RIGHT], (1500, 100, 1600, 900)),
        ([1500, 100, 1600, 900], [LEFT], None),  # the second screen was taken away
        ([200, 300, 1366, 728], [LEFT], (0, 0, 1366, 728)),  # it hung over the edge
        ([-40, 0, 1200, 700], [LEFT], (0, 0, 1200, 700)),
        ([0, -300, 1200, 700], [LEFT], None),  # nobody could take hold of its title
        ([1300, 50, 1200, 700], [LEFT, RIGHT], (1366, 50, 1200, 700)),
        ([0, 0, 3000, 2000], [LEFT], (0, 0, 1366, 728)),  # a smaller screen than last time
        ([100, 100, 300, 200], [LEFT], (100, 88, 1024, 640)),  # smaller than any window may be
    ],
)
def test_the_window_comes_back_where_it_can_be_seen(kept, screens, found):
    box = fitting(kept, screens)
    assert box == (QRect(*found) if found else None)
    if box is not None:
        assert any(screen.contains(box) for screen in screens)
        assert box.width() >= LEAST.width()
        assert box.height() >= LEAST.height()
