"""The cache of vectors: exact, for several writers, where it is told to lie."""

import hashlib
import threading

import numpy as np

from lexfloor.models.vectors import VectorCache, cache_folder


def test_the_cache_keeps_vectors(tmp_path):
    """Vectors come back exactly; more keys than a statement takes are no matter."""
    cache = VectorCache(tmp_path / "sub" / "v.sqlite")
    vectors = {hashlib.sha256(bytes([n % 256, n // 256])).digest(): np.arange(4, dtype=np.float32) + n for n in range(1300)}
    cache.put(vectors)
    found = VectorCache(tmp_path / "sub" / "v.sqlite").get([*vectors, b"unknown"])
    assert len(found) == 1300
    assert all(np.array_equal(found[key], vectors[key]) for key in vectors)


def test_the_cache_serves_several_writers(tmp_path):
    """Two writers at a time lose nothing."""
    cache = VectorCache(tmp_path / "v.sqlite")

    def write(base):
        for n in range(20):
            cache.put({bytes([base, n]): np.full(4, n, np.float32)})

    threads = [threading.Thread(target=write, args=(base,)) for base in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cache.get([bytes([base, n]) for base in range(4) for n in range(20)])) == 80


def test_where_the_cache_lies(monkeypatch, tmp_path):
    """LEXFLOOR_CACHE decides, else the user's cache folder."""
    monkeypatch.setenv("LEXFLOOR_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"
    monkeypatch.delenv("LEXFLOOR_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "lexfloor"
