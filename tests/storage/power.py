"""A disk that forgets what nobody synced: every write of a run is recorded, and any moment of it can be cut.

`Recorder` sees what `Disk` writes and, by a VFS of its own put before SQLite's, what SQLite writes. From its
log `medium_at` makes the disk that a power cut at any moment could leave: what was synced is there, the rest
is gone, or (with a source of chance) some of it is there and some is not, in whole writes or half ones. A
name is there when its folder was synced after it was given. This is how SQLite tests itself (test6.c).
"""

from __future__ import annotations

import _sqlite3
import ctypes as c
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from newscrawl.storage import Disk


@dataclass(frozen=True)
class Event:
    """One thing that happened to the disk, or that was said aloud."""

    act: str
    """``create`` ``write`` ``truncate`` ``sync`` ``rename`` ``remove`` ``folder`` ``sync_folder`` ``said``."""
    path: str
    offset: int = 0
    content: bytes = b""
    other: str = ""


class Recorder(Disk):
    """Writes as `Disk` does and keeps the log."""

    at_once = 1
    """So that the log is the same every time."""

    def __init__(self) -> None:
        super().__init__()
        self.log: list[Event] = []

    def note(self, act: str, path: object, **more: object) -> None:
        self.log.append(Event(act, str(path), **more))

    def say(self, word: str) -> None:
        """Note that something is told to the world at this moment."""
        self.note("said", word)

    def _make_folder(self, path, grown):
        if not path.is_dir():
            self.note("folder", path)
        super()._make_folder(path, grown)

    def open_beside(self, path):
        self.note("create", path.with_name(f".{path.name}.tmp"))
        return super().open_beside(path)

    def open_ledger(self, path, *, new=False):
        if new:
            self.note("create", path)
        return super().open_ledger(path, new=new)

    def write(self, handle, content):
        offset = os.fstat(handle).st_size
        super().write(handle, content)
        self.note("write", name_of(handle), offset=offset, content=bytes(content))

    def truncate(self, path, length):
        super().truncate(path, length)
        self.note("truncate", path, offset=length)

    def rename(self, old, new):
        super().rename(old, new)
        self.note("rename", old, other=str(new))

    def remove(self, path):
        if path.exists():
            self.note("remove", path)
        super().remove(path)

    def sync_file(self, handle):
        super().sync_file(handle)
        self.note("sync", name_of(handle))

    def sync_folder(self, path):
        super().sync_folder(path)
        self.note("sync_folder", path)


def name_of(handle: int) -> str:
    return str(Path(f"/proc/self/fd/{handle}").readlink())


# -- the image of a disk ---------------------------------------------------------------------------------


@dataclass
class Inode:
    """A file without its name: what is on the medium, and what was done since."""

    safe: bytes = b""
    since: list[Event] = field(default_factory=list)

    def whole(self) -> bytes:
        """Return what is read while there is power."""
        return self._with(self.since)

    def left(self, chance: random.Random | None) -> bytes:
        """Return what is read after a power cut."""
        kept = []
        for event in self.since if chance else ():
            fate = chance.random()
            if fate < 0.5:
                kept.append(event)
            elif fate < 0.6:
                kept.append(replace(event, content=event.content[: len(event.content) // 2]))
        return self._with(kept)

    def _with(self, events: list[Event]) -> bytes:
        content = bytearray(self.safe)
        for event in events:
            if event.act == "truncate":
                del content[event.offset :]
            else:
                content.extend(bytes(max(0, event.offset - len(content))))
                content[event.offset : event.offset + len(event.content)] = event.content
        return bytes(content)


class Medium:
    """What of a log is on the medium. ``names`` is what is seen while there is power."""

    def __init__(self) -> None:
        self.names: dict[str, Inode | None] = {}
        """None for a folder."""
        self.safe_names: dict[str, Inode | None] = {}

    def take(self, event: Event) -> None:
        match event.act:
            case "create" | "folder":
                self.names[event.path] = Inode() if event.act == "create" else None
            case "write" | "truncate":
                inode = self.names.setdefault(event.path, Inode())
                assert inode is not None
                inode.since.append(event)
            case "rename":
                self.names[event.other] = self.names.pop(event.path)
            case "remove":
                self.names.pop(event.path, None)
            case "sync":
                self._sync(event.path)
            case "sync_folder":
                self._sync_folder(event.path)

    def _sync(self, path: str) -> None:
        inode = self.names[path]
        assert inode is not None
        inode.safe, inode.since = inode.whole(), []
        if path.endswith(("-wal", "-journal")):  # SQLite syncs the folder with the first sync of these
            self.safe_names[path] = inode

    def _sync_folder(self, folder: str) -> None:
        for path in {path for path in (*self.names, *self.safe_names) if path.rpartition("/")[0] == folder}:
            self._keep_name(self.safe_names, path)

    def _keep_name(self, names: dict[str, Inode | None], path: str) -> None:
        if path in self.names:
            names[path] = self.names[path]
        else:
            names.pop(path, None)

    def files(self, root: str, chance: random.Random | None = None) -> dict[str, bytes]:
        """Return the files that are there after a power cut, by their path in ``root``."""
        names = dict(self.safe_names)
        for path in sorted({*self.names, *self.safe_names}) if chance else ():
            if chance.random() < 0.5:
                self._keep_name(names, path)
        return {
            path[len(root) + 1 :]: inode.left(chance)
            for path, inode in names.items()
            if inode is not None and self._has_folders(path, root, names)
        }

    def _has_folders(self, path: str, root: str, names: dict[str, Inode | None]) -> bool:
        folder = path.rpartition("/")[0]
        return folder == root or (folder in names and self._has_folders(folder, root, names))


def medium_at(
    log: list[Event], moment: int, ignored: Callable[[Event], bool] = lambda event: False
) -> Medium:
    """Return the medium after the first ``moment`` events; syncs that are ``ignored`` did nothing."""
    medium = Medium()
    for event in log[:moment]:
        if not (event.act in {"sync", "sync_folder"} and ignored(event)):
            medium.take(event)
    return medium


# -- SQLite ----------------------------------------------------------------------------------------------

_SQLITE = c.CDLL(_sqlite3.__file__)
"""Finds the functions of the SQLite that Python itself is linked with."""

# Names go through as the pointers they are: SQLite keeps them.
OPEN = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_void_p, c.c_int, c.c_void_p)
DELETE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_int)
CLOSE = c.CFUNCTYPE(c.c_int, c.c_void_p)
WRITE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_int, c.c_int64)
TRUNCATE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_int64)
SYNC = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_int)


class Vfs(c.Structure):
    _fields_ = [
        ("version", c.c_int),
        ("file_size", c.c_int),
        ("max_pathname", c.c_int),
        ("next", c.c_void_p),
        ("name", c.c_char_p),
        ("app_data", c.c_void_p),
        ("open", OPEN),
        ("delete", DELETE),
        *[(f"rest{n}", c.c_void_p) for n in range(14)],
    ]


class Methods(c.Structure):
    _fields_ = [
        ("version", c.c_int),
        ("close", CLOSE),
        ("read", c.c_void_p),
        ("write", WRITE),
        ("truncate", TRUNCATE),
        ("sync", SYNC),
        *[(f"rest{n}", c.c_void_p) for n in range(13)],
    ]


def sqlite_is_shared() -> bool:
    """Return whether SQLite's functions can be reached at all."""
    return hasattr(_SQLITE, "sqlite3_vfs_find") and hasattr(_SQLITE, "sqlite3_vfs_register")


class Spy:
    """A VFS before the one that is the default, which tells a `Recorder` of every write and sync."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        _SQLITE.sqlite3_vfs_find.restype = c.POINTER(Vfs)
        _SQLITE.sqlite3_vfs_find.argtypes = [c.c_char_p]
        for function in (_SQLITE.sqlite3_vfs_register, _SQLITE.sqlite3_vfs_unregister):
            function.argtypes = [
                c.POINTER(Vfs),
                *([c.c_int] if "unregister" not in function.__name__ else []),
            ]
        self._real = _SQLITE.sqlite3_vfs_find(None)
        self._vfs = Vfs.from_buffer_copy(self._real.contents)
        self._vfs.name = b"spy"
        self._vfs.next = None
        self._vfs.open = OPEN(self._open)
        self._vfs.delete = DELETE(self._delete)
        self._paths: dict[int, str] = {}
        self._methods: dict[int, Methods] = {}
        self._originals: dict[int, Methods] = {}

    def _open(self, vfs, name, file, flags, out_flags):
        path = c.string_at(name).decode() if name else ""
        is_new = bool(path) and not Path(path).exists()
        code = self._real.contents.open(vfs, name, file, flags, out_flags)
        pointer = c.cast(file, c.POINTER(c.c_void_p))
        if code == 0 and path and pointer[0]:
            if is_new:
                self._recorder.note("create", path)
            self._paths[file] = path
            pointer[0] = c.addressof(self._methods_like(pointer[0]))
        return code

    def _methods_like(self, address: int) -> Methods:
        if address not in self._methods:
            self._originals[address] = Methods.from_address(address)
            spied = Methods.from_buffer_copy(self._originals[address])
            original = self._originals[address]

            def write(file, data, amount, offset):
                code = original.write(file, data, amount, offset)
                if code == 0 and not self._paths[file].endswith("-shm"):
                    self._recorder.note(
                        "write", self._paths[file], offset=offset, content=c.string_at(data, amount)
                    )
                return code

            def truncate(file, size):
                code = original.truncate(file, size)
                self._recorder.note("truncate", self._paths[file], offset=size)
                return code

            def sync(file, flags):
                code = original.sync(file, flags)
                self._recorder.note("sync", self._paths[file])
                return code

            spied.write, spied.truncate, spied.sync = WRITE(write), TRUNCATE(truncate), SYNC(sync)
            self._methods[address] = spied
        return self._methods[address]

    def _delete(self, vfs, name, sync_folder):
        path = c.string_at(name).decode()
        existed = Path(path).exists()
        code = self._real.contents.delete(vfs, name, sync_folder)
        if existed and code == 0:
            self._recorder.note("remove", path)
            if sync_folder:
                self._recorder.note("sync_folder", path.rpartition("/")[0])
        return code

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Have every database that is opened inside be watched."""
        _SQLITE.sqlite3_vfs_register(c.byref(self._vfs), 1)
        try:
            yield
        finally:
            _SQLITE.sqlite3_vfs_register(self._real, 1)
            _SQLITE.sqlite3_vfs_unregister(c.byref(self._vfs))
