# %% set of addresses kind="right"
def file_bytes(state):
    seen, total = set(), 0
    for tensor in state.values():
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in seen:
            seen.add(storage.data_ptr())
            total += storage.nbytes()
    return total


# %% dict comprehension kind="right"
def file_bytes(state):
    storages = [tensor.untyped_storage() for tensor in state.values()]
    return sum({s.data_ptr(): s.nbytes() for s in storages}.values())


# %% looks into the file kind="right"
import io


def file_bytes(state):
    file = io.BytesIO()
    torch.save(state, file)
    with zipfile.ZipFile(file) as archive:
        return sum(e.file_size for e in archive.infolist() if "/data/" in e.filename)


# %% set of pairs and len kind="right"
def file_bytes(state):
    return sum(size for _, size in {(t.untyped_storage().data_ptr(), len(t.untyped_storage())) for t in state.values()})


# %% the tensors' own bytes kind="wrong" zh="切片会把整个存储都带上" en="brings its whole storage along"
def file_bytes(state):
    return sum(t.numel() * t.element_size() for t in state.values())


# %% nbytes of the tensor kind="wrong" zh="切片会把整个存储都带上" en="brings its whole storage along"
def file_bytes(state):
    seen = {t.untyped_storage().data_ptr(): t.nbytes for t in state.values()}
    return sum(seen.values())


# %% storages counted again and again kind="wrong" zh="每个存储只写一次" en="it is written once"
def file_bytes(state):
    return sum(t.untyped_storage().nbytes() for t in state.values())


# %% address of the tensor kind="wrong" zh="结果不对" en="wrong value"
def file_bytes(state):
    seen = {}
    for t in state.values():
        seen[t.data_ptr()] = t.untyped_storage().nbytes()
    return sum(seen.values())


# %% four bytes each kind="wrong" zh="看 dtype" en="depends on the dtype"
def file_bytes(state):
    return sum(4 * t.numel() for t in state.values())


# %% counts numbers kind="wrong" zh="乘以每个数的字节数" en="each takes several bytes"
def file_bytes(state):
    return sum(t.numel() for t in state.values())


# %% size of the whole file kind="wrong" zh="整个文件的大小" en="the size of the whole file"
import io


def file_bytes(state):
    file = io.BytesIO()
    torch.save(state, file)
    return len(file.getvalue())


# %% told apart by size kind="wrong" zh="不是大小" en="not by size"
def file_bytes(state):
    return sum({t.untyped_storage().nbytes() for t in state.values()})


# %% told apart by identity kind="right"
def file_bytes(state):
    storages = [t.untyped_storage() for t in state.values()]
    return sum({id(s): s.nbytes() for s in storages}.values())


# %% size of a file with a name kind="wrong" zh="整个文件的大小" en="the size of the whole file"
def file_bytes(state):
    with tempfile.TemporaryDirectory() as name:
        torch.save(state, Path(name) / "s.pt")
        return (Path(name) / "s.pt").stat().st_size


# %% return inside the loop kind="wrong" zh="写在循环里面" en="inside the loop"
def file_bytes(state):
    storages = {}
    for tensor in state.values():
        storages[tensor.untyped_storage().data_ptr()] = tensor.untyped_storage().nbytes()
        return sum(storages.values())


# %% loops over the names kind="wrong" zh="`.values()`" en="`.values()`"
def file_bytes(state):
    return sum({t.untyped_storage().data_ptr(): t.untyped_storage().nbytes() for t in state}.values())
