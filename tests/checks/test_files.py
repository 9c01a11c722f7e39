"""Files as another machine, a prankster or a power cut leaves them."""

import pickle

import pytest
import torch

from pytorch_learning.checks import CheckFailed, files


def test_folder_is_there_and_then_gone() -> None:
    with files.folder() as folder:
        assert folder.is_dir()
        assert " " in folder.name
        assert not folder.name.isascii()
    assert not folder.exists()


def test_a_file_from_another_device_wants_that_device() -> None:
    state = {"weight": torch.rand(3, 2), "count": torch.tensor(4)}
    with files.folder() as folder:
        files.save_as_on("cuda:99", state, folder / "there.pt")
        with pytest.raises(RuntimeError, match="CUDA"):
            torch.load(folder / "there.pt")
        loaded = torch.load(folder / "there.pt", map_location="cpu")
    assert files.first_difference(loaded, state) is None


def test_trap_is_told_of_and_rearmed() -> None:
    data = pickle.dumps(files.Trap())
    with files.no_code_runs("f"):
        pass
    with pytest.raises(CheckFailed, match="weights_only"), files.no_code_runs("f"):
        pickle.loads(data)
    # Even where an error follows it.
    with pytest.raises(CheckFailed, match="weights_only"), files.no_code_runs("f"):
        int(str(pickle.loads(data)))
    with files.no_code_runs("f"):
        pass


def test_fuse_looks_and_blows() -> None:
    looks: list[int] = []
    with pytest.raises(files.PowerCut):
        pickle.dumps([files.Fuse(lambda: looks.append(1))])
    assert looks == [1]


@pytest.mark.parametrize(
    ("got", "expected", "place"),
    [
        ({"a": [torch.ones(2), 1]}, {"a": [torch.ones(2), 1]}, None),
        ({"a": [torch.ones(2), 1]}, {"a": [torch.ones(2), 2]}, "['a'][1]"),
        ({"a": torch.ones(2)}, {"a": torch.zeros(2)}, "['a']"),
        ({"a": torch.ones(2)}, {"a": torch.ones(2, dtype=torch.float64)}, "['a']"),
        ({"a": torch.ones(2)}, {"a": torch.ones(1)}, "['a']"),
        ({"a": 1}, {"b": 1}, ""),
        ([1], [1, 2], ""),
        (None, torch.ones(1), ""),
        ((1, 2), [1, 2], None),
    ],
)
def test_first_difference(got: object, expected: object, place: str | None) -> None:
    assert files.first_difference(got, expected) == place
