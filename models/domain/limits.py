"""The one table of limits, used when writing and when reading, so that what can be written can be read."""

from __future__ import annotations

FIELD_CHARS = 32_000  # one text field of an operation
OPERATION_BYTES = 256 * 1024  # one encoded operation
SAW_NAMES = (
    6_000  # operations that a verdict says it saw: of more the newest, so that it always fits; the rest is flagged
)
USER_CHARS = 100  # who wrote an operation, as he calls himself; and why, and when: more is not shown
WHY_CHARS = 2_000
WALL_CHARS = 40
HELD_FIELDS = 100  # of one operation that are listed one by one as held and not applied: more are counted
NAMES = 200  # units that one field of an operation names: more are text, and name nobody
HEAD_NAMES = 1_000  # heads of one field, or of verdicts, that an operation names: the rest stays a conflict
HEADER_BYTES = 64 * 1024  # header of a package
CERTIFICATE_BYTES = 8 * 1024  # certificate before the header
META_BYTES = 64 * 1024 * 1024  # first frame of a package: acknowledgements, digest, reports
PHOTO_BYTES = 30_000_000
DOCUMENT_BYTES = 100_000_000
VOLUME_BYTES = 1 << 30  # of files that one .hgf holds, if it holds more than one
UNNAMED_BYTES = 1 << 30  # of files from one unit that no operation names yet: an .hgf may come before its .hgb
PACKAGE_OPERATIONS = 5_000_000
EXPANSION = 200  # unpacked bytes per packed byte
FRAME_BYTES = 8 * 1024 * 1024  # unpacked bytes that a writer puts into one operations frame
BASES = 64  # package ids of one disk to one peer that a header lists
ACKS = 64  # newest imported packages that a package acknowledges
WANTS = 100_000  # files that a package asks for, and that it says it has not
LIVE_WITHIN = 5  # packages of one sibling after which a silent device is no longer live
LAM_MAX = 2**53 - 1  # Lamport numbers saturate here
LISTS = 20_000  # lists and objects in the JSON of one operation
JSON_DEPTH = 32

# Workbooks, before and while they are read in the child process.
WORKBOOK_BYTES = 64 * 1024 * 1024
WORKBOOK_UNPACKED = 200 * 1024 * 1024
SHEET_ROWS = 200_000
SHEET_COLUMNS = 500
SHEET_MERGES = 20_000
CHILD_MEMORY = 512 * 1024 * 1024
CHILD_SECONDS = 30
