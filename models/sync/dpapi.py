"""Windows keeps a secret for its user: CryptProtectData and its inverse. Nothing here runs elsewhere."""

from __future__ import annotations

import sys

AVAILABLE: bool = sys.platform == "win32"

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _NO_WINDOW = 0x1  # CRYPTPROTECT_UI_FORBIDDEN

    class _Blob(ctypes.Structure):
        _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))

    _POINTER = ctypes.POINTER(_Blob)
    _PLAIN = (wintypes.LPVOID, wintypes.LPVOID, wintypes.LPVOID, wintypes.LPVOID, wintypes.DWORD)

    def _call(name: str, content: bytes) -> bytes:
        crypt = ctypes.WinDLL("crypt32", use_last_error=True)
        kernel = ctypes.WinDLL("kernel32")
        kernel.LocalFree.argtypes = (wintypes.LPVOID,)
        verb = crypt[name]
        verb.argtypes = (_POINTER, *_PLAIN, _POINTER)
        verb.restype = wintypes.BOOL
        room = ctypes.create_string_buffer(content, len(content))
        given, taken = _Blob(len(content), ctypes.cast(room, ctypes.POINTER(ctypes.c_char))), _Blob()
        if not verb(ctypes.byref(given), None, None, None, None, _NO_WINDOW, ctypes.byref(taken)):
            raise ctypes.WinError(ctypes.get_last_error())
        try:
            return ctypes.string_at(taken.data, taken.size)
        finally:
            kernel.LocalFree(taken.data)

    def seal(content: bytes) -> bytes:
        """Seal for this user of this machine."""
        return _call("CryptProtectData", content)

    def unseal(content: bytes) -> bytes:
        """Open what was sealed; OSError for another user or machine."""
        return _call("CryptUnprotectData", content)

else:

    def seal(content: bytes) -> bytes:  # noqa: ARG001 - as on Windows
        """Only Windows can."""
        raise OSError("only Windows seals for its user")

    def unseal(content: bytes) -> bytes:  # noqa: ARG001 - as on Windows
        """Only Windows can."""
        raise OSError("sealed by Windows")
