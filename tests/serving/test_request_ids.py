"""Every request has an id and a seed of its own, in every process."""

from __future__ import annotations

import os
import random
import re

import pytest

from mockocr.serving.request_ids import new_request_id, new_seed


def test_ids_and_seeds_differ_and_have_their_form() -> None:
    ids = {new_request_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch("[0-9a-f]{32}", id) for id in ids)
    seeds = {new_seed() for _ in range(1000)}
    assert len(seeds) == 1000
    assert all(0 <= seed < 2**64 for seed in seeds)


def test_a_test_that_seeds_its_random_numbers_changes_no_id() -> None:
    ids = set()
    for _ in range(2):
        random.seed(1)
        ids.add(new_request_id())
    assert len(ids) == 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_two_forks_have_different_ids() -> None:
    ids = set()
    for _ in range(2):
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.write(write, new_request_id().encode())
            os._exit(0)
        os.close(write)
        ids.add(os.read(read, 100))
        os.close(read)
        os.waitpid(child, 0)
    assert len(ids) == 2
