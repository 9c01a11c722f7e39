# %% checks the end kind="right"
import math


class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return math.ceil(len(self.dataset) / self.n)

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError("past the end")
        return self.dataset[self.n * index]


# %% a list of positions kind="right"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.positions = list(range(0, len(dataset), n))

    def __len__(self):
        return len(self.positions)

    def __getitem__(self, index):
        return self.dataset[self.positions[index]]


# %% a range finds the end kind="right"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self._dataset, self._range = dataset, range(len(dataset))[::n]

    def __len__(self):
        return len(self._range)

    def __getitem__(self, index):
        return self._dataset[self._range[index]]


# %% inherits from Subset kind="right"
from torch.utils.data import Subset


class EveryNth(Subset):
    def __init__(self, dataset, n):
        super().__init__(dataset, range(0, len(dataset), n))


# %% looks at the old end kind="right"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        position = index * self.n
        if 0 <= position < len(self.dataset):
            sample = self.dataset[position]
            return sample
        raise IndexError(f"{index} is not in this dataset")


# %% with a remainder kind="right"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.data = dataset
        self.step = n

    def __len__(self):
        whole, rest = divmod(len(self.data), self.step)
        if rest > 0:
            whole += 1
        return whole

    def __getitem__(self, i):
        if not i < self.__len__():
            raise IndexError
        x, y = self.data[i * self.step]
        return x, y


# %% iterates by itself kind="right"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset, self.n = dataset, n

    def __len__(self):
        return (len(self.dataset) + self.n - 1) // self.n

    def __getitem__(self, index):
        if index > len(self) - 1:
            raise IndexError(index)
        return self.dataset[index * self.n]

    def __iter__(self):
        for position in range(0, len(self.dataset), self.n):
            yield self.dataset[position]


# %% rounds down kind="wrong" zh="向上取整" en="round up"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return len(self.dataset) // self.n

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError
        return self.dataset[index * self.n]


# %% one more always kind="wrong" zh="多算了一个" en="one too many"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return len(self.dataset) // self.n + 1

    def __getitem__(self, index):
        if index * self.n >= len(self.dataset):
            raise IndexError
        return self.dataset[index * self.n]


# %% length as a float kind="wrong" zh="`//`" en="`//`"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return len(self.dataset) / self.n

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError
        return self.dataset[index * self.n]


# %% length of the other kind="wrong" zh="原来那个数据集的长度" en="length of the other"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return len(self.dataset)

    def __getitem__(self, index):
        return self.dataset[index * self.n]


# %% does not mind the end kind="wrong" zh="停不下来" en="does not stop"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        return self.dataset[index * self.n]


# %% end one too far kind="wrong" zh="停不下来" en="does not stop"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        if index > len(self):
            raise IndexError
        return self.dataset[index * self.n]


# %% starts again kind="wrong" zh="停不下来" en="does not stop"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        return self.dataset[index * self.n % len(self.dataset)]


# %% None past the end kind="wrong" zh="停不下来" en="does not stop"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        if index < len(self):
            return self.dataset[index * self.n]


# %% another exception kind="wrong" zh="抛出的是 StopIteration" en="raised StopIteration"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        if index >= len(self):
            raise StopIteration
        return self.dataset[index * self.n]


# %% same place in the other kind="wrong" zh="同一个位置" en="same place"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError
        return self.dataset[index]


# %% adds n kind="wrong" zh="不是加 n" en="don't add n"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError
        return self.dataset[index + self.n]


# %% last of every n kind="wrong" zh="最后一个" en="last of every n"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError
        return self.dataset[(index + 1) * self.n - 1]


# %% the position only kind="wrong" zh="不是样本" en="not the sample"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError
        return index * self.n


# %% picture without label kind="wrong" zh="整个返回" en="return all"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError
        return self.dataset[index * self.n][0]


# %% reads all at the start kind="wrong" zh="创建对象" en="when the object is made"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.samples = [dataset[i] for i in range(0, len(dataset), n)]

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        return self.samples[index]


# %% walks the dataset kind="wrong" zh="没完没了" en="on and on"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.samples = list(dataset)[::n]

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        return self.samples[index]


# %% reads all for one kind="wrong" zh="只读要的那个" en="only the one"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        samples = [self.dataset[i] for i in range(len(self.dataset))]
        return samples[:: self.n][index]


# %% slices the dataset kind="wrong" zh="切片" en="slice"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.samples = dataset[::n]

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        return self.samples[index]


# %% on the class kind="wrong" zh="`self` 上" en="on `self`"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        EveryNth.dataset = dataset
        EveryNth.n = n

    def __len__(self):
        return -(-len(EveryNth.dataset) // EveryNth.n)

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError
        return EveryNth.dataset[index * EveryNth.n]


# %% forgets Dataset kind="wrong" zh="继承 `Dataset`" en="inherit from `Dataset`"
class EveryNth:
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError
        return self.dataset[index * self.n]


# %% forgot return kind="wrong" zh="return" en="return"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError
        self.dataset[index * self.n]


# %% forgot self kind="wrong" zh="存到 `self` 上" en="put on `self`"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        dataset = dataset
        n = n

    def __len__(self):
        return -(-len(self.dataset) // self.n)

    def __getitem__(self, index):
        return self.dataset[index * self.n]


# %% asks itself kind="wrong" zh="不是从 `self` 取" en="not from `self`"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return len(range(0, len(self.dataset), self.n))

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError("past the end")
        return self[index * self.n]


# %% its own length kind="wrong" zh="没完没了地调用自己" en="calls itself without end"
class EveryNth(Dataset):
    def __init__(self, dataset, n):
        self.dataset = dataset
        self.n = n

    def __len__(self):
        return -(-len(self) // self.n)

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError("past the end")
        return self.dataset[index * self.n]
