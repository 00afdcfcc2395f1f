"""What goes through the pipe of a child apart: tried without the child, on our own thread."""

from __future__ import annotations

from models.services.evidence import apart


class Asked:
    """The child's end of a pipe: the questions come one after another, then nobody asks any more."""

    def __init__(self, *questions: bytes) -> None:
        self._questions, self.answers = [*questions], []

    def poll(self, _timeout: float, /) -> bool:
        return bool(self._questions)

    def recv_bytes(self, _most: int = 0, /) -> bytes:
        if not self._questions:
            raise EOFError
        return self._questions.pop(0)

    def send_bytes(self, answer: bytes, /) -> None:
        self.answers.append(answer)

    def close(self) -> None:
        self._questions.clear()


def breaks(question: str) -> bytes:
    if question == "break":
        raise ValueError
    return question.encode()


def test_no_answer_is_a_message_too_since_windows_may_lose_one_of_no_bytes(monkeypatch):
    monkeypatch.setattr(apart.cage, "enter", lambda: None)
    line = Asked(b"photo", b"break", b"")
    apart.serve(line, breaks)
    assert len(line.answers) == 3
    assert all(line.answers)
