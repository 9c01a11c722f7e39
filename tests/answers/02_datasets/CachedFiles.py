# %% dictionary by path kind="right"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.known = {}

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        path = self.paths[index]
        if path in self.known:
            picture = self.known[path]
        else:
            picture = self.read(path)
            self.known[path] = picture
        return picture, self.labels[index]


# %% functools.cache kind="right"
import functools


class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths = paths
        self.labels = labels
        self.read = functools.cache(read)

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        return self.read(self.paths[index]), self.labels[index]


# %% try and except kind="right"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.samples = list(zip(paths, labels))
        self.read = read
        self.cache = dict()

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, label = self.samples[index]
        try:
            return self.cache[path], label
        except KeyError:
            self.cache[path] = self.read(path)
        return self.cache[path], label


# %% a dictionary that reads kind="right"
class Pictures(dict):
    def __init__(self, read):
        super().__init__()
        self.read = read

    def __missing__(self, path):
        self[path] = self.read(path)
        return self[path]


class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels = tuple(paths), tuple(labels)
        self.pictures = Pictures(read)

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        return self.pictures[self.paths[index]], self.labels[index]


# %% a list with None kind="right"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths = paths
        self.labels = labels
        self.read = read
        self.pictures = [None] * len(paths)
        self.first = [paths.index(path) for path in paths]

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        place = self.first[index]
        if self.pictures[place] is None:
            self.pictures[place] = self.read(self.paths[place])
        return self.pictures[place], self.labels[index]


# %% get kind="right"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read, self._cache = paths, labels, read, {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, i):
        picture = self._cache.get(str(self.paths[i]))
        if picture is None:
            picture = self._cache[str(self.paths[i])] = self.read(self.paths[i])
        return picture, self.labels[i]


# %% no cache kind="wrong" zh="又读了一遍" en="read the file again"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        return self.read(self.paths[index]), self.labels[index]


# %% a cache for one call kind="wrong" zh="又读了一遍" en="read the file again"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        cache = {}
        path = self.paths[index]
        if path not in cache:
            cache[path] = self.read(path)
        return cache[path], self.labels[index]


# %% keeps the last only kind="wrong" zh="又读了一遍" en="read the file again"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.last = None

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        if self.last is None or self.last[0] != index:
            self.last = index, self.read(self.paths[index])
        return self.last[1], self.labels[index]


# %% looks but never notes down kind="wrong" zh="又读了一遍" en="read the file again"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.cache = {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        if path in self.cache:
            return self.cache[path], self.labels[index]
        return self.read(path), self.labels[index]


# %% notes down but never looks kind="wrong" zh="又读了一遍" en="read the file again"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.cache = {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        self.cache[path] = self.read(path)
        return self.cache[path], self.labels[index]


# %% reads all at the start kind="wrong" zh="创建对象" en="when the object is made"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.pictures = {path: read(path) for path in paths}
        self.paths, self.labels = paths, labels

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        return self.pictures[self.paths[index]], self.labels[index]


# %% reads all at the first sample kind="wrong" zh="没有要的文件" en="nobody asked for"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.pictures = None

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        if self.pictures is None:
            self.pictures = [self.read(path) for path in self.paths]
        return self.pictures[index], self.labels[index]


# %% position is the key kind="wrong" zh="用路径作键" en="let the path be the key"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.cache = {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        if index not in self.cache:
            self.cache[index] = self.read(self.paths[index])
        return self.cache[index], self.labels[index]


# %% label in the cache kind="wrong" zh="缓存里只放图片" en="cache pictures only"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.cache = {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        if path not in self.cache:
            self.cache[path] = self.read(path), self.labels[index]
        return self.cache[path]


# %% cache on the class kind="wrong" zh="共用了一个缓存" en="share one cache"
class CachedFiles(Dataset):
    cache = {}

    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        if path not in self.cache:
            self.cache[path] = self.read(path)
        return self.cache[path], self.labels[index]


# %% cache as a default argument kind="wrong" zh="共用了一个缓存" en="share one cache"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read, cache={}):
        self.paths, self.labels, self.read, self.cache = paths, labels, read, cache

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        if path not in self.cache:
            self.cache[path] = self.read(path)
        return self.cache[path], self.labels[index]


# %% lru_cache with its limit kind="wrong" zh="不能有上限" en="without limit"
from functools import lru_cache


class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels = paths, labels
        self.read = lru_cache(read)

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        return self.read(self.paths[index]), self.labels[index]


# %% asks whether the picture is true kind="wrong" zh="键在不在缓存里" en="whether the key is in"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.cache = {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        if not self.cache.get(path):
            self.cache[path] = self.read(path)
        return self.cache[path], self.labels[index]


# %% asks whether any pixel is true kind="wrong" zh="键在不在缓存里" en="whether the key is in"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.cache = {path: torch.zeros(1) for path in paths}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        if not self.cache[path].any():
            self.cache[path] = self.read(path)
        return self.cache[path], self.labels[index]


# %% writes into the list of paths kind="wrong" zh="被改动了" en="have changed"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        if isinstance(self.paths[index], str):
            self.paths[index] = self.read(self.paths[index])
        return self.paths[index], self.labels[index]


# %% reads twice at once kind="wrong" zh="不止一次" en="more than once"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.cache = {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        if path not in self.cache:
            self.cache[path] = self.read(path)
            return self.read(path), self.labels[index]
        return self.cache[path], self.labels[index]


# %% default of get is evaluated kind="wrong" zh="又读了一遍" en="read the file again"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.cache = {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        return self.cache.setdefault(path, self.read(path)), self.labels[index]


# %% length of the cache kind="wrong" zh="已经读了多少" en="how many were read"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.cache = {}

    def __len__(self):
        return len(self.cache)

    def __getitem__(self, index):
        path = self.paths[index]
        if path not in self.cache:
            self.cache[path] = self.read(path)
        return self.cache[path], self.labels[index]


# %% picture without label kind="wrong" zh="要写两样" en="`return` both"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.cache = {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        if path not in self.cache:
            self.cache[path] = self.read(path)
        return self.cache[path]


# %% nothing the second time kind="wrong" zh="NoneType" en="NoneType"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.cache = {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        if path not in self.cache:
            self.cache[path] = self.read(path)
            return self.cache[path], self.labels[index]


# %% opens the file itself kind="wrong" zh="没有调用 `read`" en="`read` was not called"
class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels = paths, labels
        self.cache = {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        if path not in self.cache:
            with Image.open(path) as file:
                self.cache[path] = PILToTensor()(file)
        return self.cache[path], self.labels[index]


# %% the read of the cell above kind="wrong" zh="`self.read(…)`" en="`self.read(…)`"
def read(path):
    return torch.zeros(1, 2, 2)


class CachedFiles(Dataset):
    def __init__(self, paths, labels, read):
        self.paths, self.labels, self.read = paths, labels, read
        self.known = {}

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        path = self.paths[index]
        if path not in self.known:
            self.known[path] = read(path)
        return self.known[path], self.labels[index]
