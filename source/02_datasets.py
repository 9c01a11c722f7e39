# ---
# jupyter:
#   jupytext:
#     formats: 02_datasets//ipynb,py:percent
#     notebook_metadata_filter: jupytext,-jupytext.text_representation,-kernelspec
# ---

# %% [markdown] tags=["zh"]
# # 2 数据集与 DataLoader
#
# 训练一个网络，要把成千上万个样本一批一批地喂给它。读文件、配标签、转格式、打乱、凑批的代码，写着写着就乱了；如果再和训练的代码混在一起，换一份数据就得改整个程序。PyTorch 把这件事拆成两个类，都在 `torch.utils.data` 里：
#
# - **`Dataset`**（数据集）：装着样本和它们的标签。它只回答两个问题：一共有多少个样本？第 i 个样本是什么？
# - **`DataLoader`**（数据加载器）：套在数据集外面，把样本凑成一批一批的，需要时打乱顺序。
#
# 训练的代码只和它们打交道，不必知道数据是几个大文件、一百万张图片，还是现算出来的。
#
# 常用的数据集不用自己写：[torchvision](https://docs.pytorch.org/vision/stable/datasets.html) 有几十种图像数据集，声音有 [torchaudio](https://docs.pytorch.org/audio/stable/datasets.html)，文本如今多用 Hugging Face 的 [datasets](https://huggingface.co/docs/datasets)¹。它们适合用来试一个想法、比较两个模型。
#
# - **怎么学**：从上往下读，每个代码单元格都运行一下（`Shift`+`Enter`），改一改再运行。
# - **多少**：14 道练习，共 34 分，大约 3 小时。
#
# <small>¹ 「原文」指本课程所依据的中文文档。它推荐 torchtext。它已停止开发，0.18（2024 年）是最后一版，与今天的 PyTorch 不再配套。torchaudio 还在维护，但不再增加新功能。</small>

# %% [markdown] tags=["en"]
# # 2 Datasets and DataLoaders
#
# To train a network, you feed it thousands of samples, batch by batch. The code that reads files, finds labels, converts, shuffles and batches soon gets messy; mixed with the code that trains, it makes you rewrite the whole program for the next set of data. PyTorch splits the work between two classes, both in `torch.utils.data`:
#
# - A **`Dataset`** holds the samples and their labels. It answers two questions only: how many samples are there, and what is sample i?
# - A **`DataLoader`** wraps a dataset, makes batches of its samples and shuffles them if you like.
#
# The code that trains deals with these two alone. It need not know whether the data is a few big files, a million pictures, or computed on the spot.
#
# The well-known datasets come ready-made: [torchvision](https://docs.pytorch.org/vision/stable/datasets.html) has dozens for pictures, [torchaudio](https://docs.pytorch.org/audio/stable/datasets.html) some for sound, and for text most people now take Hugging Face's [datasets](https://huggingface.co/docs/datasets)¹. They are good for trying out an idea and for comparing models.
#
# - **How to read**: from top to bottom, running every code cell (`Shift`+`Enter`). Change something and run it again.
# - **How much**: 14 exercises, 34 points, about 3 hours.
#
# <small>¹ The original document, a Chinese one that this course is made from, recommends torchtext. Its development has stopped: 0.18 (2024) was the last release, and it does not go with today's PyTorch. torchaudio is still maintained but gets no new features.</small>

# %%
import os
import tempfile
import time
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import torch
from PIL import Image
from torch.utils.data import (
    DataLoader,
    Dataset,
    Sampler,
    Subset,
    TensorDataset,
    WeightedRandomSampler,
    default_collate,
    random_split,
)
from torchvision import datasets
from torchvision.transforms import PILToTensor, ToTensor

from pytorch_learning import checks, plots
from pytorch_learning.data import data_root

# %% tags=["zh"]
checks.language("zh")

# %% tags=["en"]
checks.language("en")

# %% [markdown] tags=["zh"]
# ## 2.1 加载数据集
#
# 从这里到课程结束，我们都用 **Fashion-MNIST**：Zalando 网店的商品照片，60,000 张用来训练，10,000 张用来测试。每个样本是一张 28×28 的灰度图片和一个标签，共 10 个类别。
#
# `data_root()` 是本课程的函数，返回数据所在的文件夹¹。
#
# <small>¹ 原文写 `root="data"`，数据会下载到笔记本旁边，每个笔记本各一份。`data_root()` 先找已有的数据，没有才下载；既没有数据又没有网络，就画一套格式相同的替代图片，并明确告诉你。</small>

# %% [markdown] tags=["en"]
# ## 2.1 Loading a dataset
#
# From here to the end of the course we use **Fashion-MNIST**: pictures of goods in the Zalando shop, 60,000 to train with and 10,000 to test with. Each sample is a grey picture of 28×28 pixels and a label, one of 10 classes.
#
# `data_root()` belongs to this course and returns the folder that holds the data¹.
#
# <small>¹ The original document writes `root="data"`, which downloads the data beside the notebook, once for every notebook. `data_root()` looks for data that is already there and downloads only if there is none; without data and without network it draws a stand-in of the same format, and tells you so.</small>

# %% tags=["nbval-ignore-output"]
root = data_root()

# %%
training_data = datasets.FashionMNIST(
    root=root,
    train=True,
    download=True,
    transform=ToTensor(),
)

test_data = datasets.FashionMNIST(
    root=root,
    train=False,
    download=True,
    transform=ToTensor(),
)

print(len(training_data), len(test_data))

# %% [markdown] tags=["zh"]
# 参数的意思：
#
# - `root`：数据放在哪个文件夹；
# - `train`：要训练集（`True`）还是测试集（`False`）；
# - `download=True`：那里没有数据时就下载，有就不下载；
# - `transform`：取出样本时对**图片**做的变换，`target_transform`：对**标签**做的变换，不写就不变。
#
# 图片本来是 Pillow（Python 的图像库，包名叫 `PIL`）的对象，`ToTensor()` 把它变成张量。第 3 节再看它到底做了什么、现在推荐的写法是什么。

# %% [markdown] tags=["en"]
# The parameters mean:
#
# - `root`: the folder with the data;
# - `train`: the training set (`True`) or the test set (`False`);
# - `download=True`: download the data if, and only if, it is not there;
# - `transform`: what is done to the **picture** when a sample is taken out, `target_transform`: what is done to the **label**; without them, nothing.
#
# A picture is at first an object of Pillow (Python's library for pictures; its package is called `PIL`); `ToTensor()` makes a tensor of it. Section 3 looks at what exactly it does, and how it is written today.

# %% [markdown] tags=["zh"]
# 数据集像列表一样用方括号取样本。一个样本是一个元组（图片，标签）。

# %% [markdown] tags=["en"]
# Like a list, a dataset takes square brackets. A sample is a tuple: (picture, label).

# %%
image, label = training_data[0]
print(image.shape, image.dtype)
print(f"from {image.min():.1f} to {image.max():.1f}")
print(type(label))

# %% [markdown] tags=["zh"]
# 形状 `(1, 28, 28)` 是（通道，高，宽）：灰度图只有一个通道，彩色图有三个。`ToTensor` 把 0 到 255 的像素值变成了 0 到 1 的 `float32`。标签是一个普通的 `int`。
#
# 标签的意思不用自己抄一张表¹，数据集自带 `classes`：第 i 项就是标签 i 的名字。
#
# <small>¹ 原文手写了一个字典 `labels_map`。同一份信息写两遍，迟早会不一致：那里的 0 类叫「T-Shirt」，数据集里叫「T-shirt/top」。</small>

# %% [markdown] tags=["en"]
# The shape `(1, 28, 28)` is (channels, height, width): a grey picture has one channel, a colour picture three. `ToTensor` has turned pixels from 0 to 255 into `float32` from 0 to 1. The label is a plain `int`.
#
# There is no need to type a table of what the labels mean¹: the dataset has `classes`, whose item i is the name of label i.
#
# <small>¹ The original document types a dictionary `labels_map`. What is written twice will sooner or later differ: class 0 is "T-Shirt" there and "T-shirt/top" in the dataset.</small>

# %%
for number, name in enumerate(training_data.classes):
    print(number, name)

# %% [markdown] tags=["zh"]
# 另有两个属性，一次装着全部数据：`data` 是所有图片，`targets` 是所有标签。看它们的 dtype：

# %% [markdown] tags=["en"]
# Two more attributes hold everything at once: `data` all the pictures, `targets` all the labels. Look at their dtypes:

# %%
print(training_data.data.shape, training_data.data.dtype)
print(training_data.targets.shape, training_data.targets.dtype)

# %% [markdown] tags=["zh"]
# `data` 里是没有加工过的像素，`uint8`，没有通道那个轴：它**不经过 `transform`**。只有用方括号取样本，才会做变换。要喂给网络的，是 `training_data[i]`；`data` 和 `targets` 只适合用来快速统计，而且不是每种数据集都有。

# %% [markdown] tags=["en"]
# `data` holds the raw pixels, `uint8`, without an axis for the channel: it does **not go through the `transform`**. Only square brackets apply it. What you feed to a network is `training_data[i]`; `data` and `targets` are handy for quick statistics, and not every dataset has them.

# %%
raw = training_data.data[0]
print(raw.shape, raw.dtype)
print(torch.equal(raw / 255, image.squeeze()))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.1 · 这是什么（1 分）
#
# 写函数 `class_name(dataset, index)`：返回第 `index` 个样本的类别名称（`str`）。它要适用于**任何**有 `classes` 的数据集，不只是 Fashion-MNIST，而别的数据集不一定有 `targets`。
#
# 例：`training_data[0]` 的标签如果是 9，`class_name(training_data, 0)` 就得到 `'Ankle boot'`。
#
# <details><summary>提示 1</summary>先取出样本，再看它的标签。</details>
# <details><summary>提示 2</summary>标签是 <code>classes</code> 里的位置。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.1 · What is it? (1 point)
#
# Write `class_name(dataset, index)`: return the name of the class (a `str`) of sample number `index`. It has to work for **any** dataset with `classes`, not only for Fashion-MNIST, and other datasets may have no `targets`.
#
# Example: if the label of `training_data[0]` is 9, `class_name(training_data, 0)` gives `'Ankle boot'`.
#
# <details><summary>Hint 1</summary>Take the sample first, then look at its label.</details>
# <details><summary>Hint 2</summary>The label is a position in <code>classes</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "class_name", "locked": false, "schema_version": 3, "solution": true, "task": false}
def class_name(dataset: Dataset, index: int) -> str:
    """dataset of (image, label), index -> the name of the sample's class"""
    ### BEGIN SOLUTION
    _, label = dataset[index]
    return dataset.classes[label]
    ### END SOLUTION


# %% tags=["exercise", "nbval-ignore-output"]
class_name(training_data, 0)

# %% nbgrader={"grade": true, "grade_id": "class_name-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch.utils.data import Dataset

from pytorch_learning import checks

with checks.exercise("class_name"):

    class Wardrobe(Dataset):
        def __init__(self, labels, classes):
            self._labels, self.classes = labels, classes

        def __len__(self):
            return len(self._labels)

        def __getitem__(self, index):
            return torch.full((1, 2, 2), float(index)), self._labels[index]

        def __getattr__(self, name):
            raise AttributeError(
                checks.say(
                    f"这个数据集没有 `{name}`；`dataset[index]` 和 `dataset.classes` 才是都有的",
                    f"this dataset has no `{name}`; all of them have `dataset[index]` and `dataset.classes`",
                )
            )

    number = checks.say(
        "这是标签，还只是一个数：到 `dataset.classes` 里查它的名字",
        "that is the label, a number so far: look its name up in `dataset.classes`",
    )
    sample = checks.say(
        "这是整个样本：`dataset[index]` 是一对，第二个才是标签",
        "that is the whole sample: `dataset[index]` is a pair, and the label comes second",
    )
    position = checks.say(
        "`index` 是第几个样本，不是标签：先取出样本，再看标签",
        "`index` says which sample, it is not the label: take the sample and look at its label",
    )
    fixed = checks.say(
        "名字要从这个数据集自己的 `classes` 来，不是 Fashion-MNIST 的，也不能写死",
        "the names come from this dataset's own `classes`, not from Fashion-MNIST's and not from a fixed table",
    )
    shifted = checks.say(
        "差了一位：标签从 0 数起，不要加 1 或减 1", "one off: labels count from 0, so don't add or subtract 1"
    )
    first = checks.say("这是第 0 个样本的类别：要用 `index`", "that is the class of sample 0: use `index`")
    fashion = "T-shirt/top Trouser Pullover Dress Coat Sandal Shirt Sneaker Bag"
    mistakes = [
        (lambda dataset, index: dataset[index][1], number),
        (lambda dataset, index: dataset[index], sample),
        (lambda dataset, index: dataset.classes[index], position),
        (lambda dataset, index: dataset.classes[dataset[index][1] - 1], shifted),
        (lambda dataset, index: dataset.classes[dataset[index][1] + 1], shifted),
        (lambda dataset, index: dataset.classes[dataset[0][1]], first),
        *[(name, fixed) for name in [*fashion.split(), "Ankle boot", "T-Shirt", "Ankle Boot"]],
    ]

    def name_of_sample(dataset, index):
        """The answer; an error that a picture taken for a label leads to becomes a sentence."""
        try:
            return class_name(dataset, index)
        except TypeError as error:
            if "converted to an index" not in str(error) and "list indices" not in str(error):
                raise
            raise checks.CheckFailed(
                checks.say(
                    f"`classes` 的位置要用标签，不是图片，也不是整个样本（{error}）：样本的第二个是标签",
                    f"the position in `classes` is the label, not the picture nor the whole sample ({error}): "
                    "in a sample the label comes second",
                )
            ) from error

    name_of_sample.__name__ = "class_name"
    hats = Wardrobe([3, 1, 0, 2, 0], ["Hat", "Scarf", "Glove", "Belt", "Cap"])
    checks.returns(name_of_sample, hats, 2, expected="Hat", mistakes=mistakes)
    checks.returns(name_of_sample, hats, 3, expected="Glove", mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def name_by_counting(dataset, index):
            for number, name in enumerate(dataset.classes):
                if number == dataset[index][1]:
                    return name

        animals = Wardrobe(
            torch.randint(0, 12, (20,)).tolist(), ["Owl", "Yak", "Cat", "Ant", "Bee", "Emu", *"uvwxyz"]
        )
        checks.agrees(name_of_sample, name_by_counting, [(animals, i) for i in range(20)], mistakes=mistakes)
        checks.returns(name_of_sample, Wardrobe([1], ["no", "yes"]), 0, expected="yes", mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 2.2 迭代和可视化数据集
#
# 数据集也像列表一样，可以用 `for` 从头走到尾，一次得到一个样本。`islice(数据集, 5)` 只走前 5 个（来自 Python 自带的 `itertools`）：每取一个样本都要做一遍变换，60,000 个走下来要好几秒。

# %% [markdown] tags=["en"]
# ## 2.2 Iterating and visualising
#
# Like a list again, a dataset can be walked through with `for`, one sample at a time. `islice(dataset, 5)` stops after 5 (it comes with Python, in `itertools`): every sample goes through the transform, which for 60,000 of them takes several seconds.

# %% tags=["nbval-ignore-output"]
for image, label in islice(training_data, 5):
    print(tuple(image.shape), label, training_data.classes[label])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.2a · 每一类有多少（2 分）
#
# 写函数 `count_per_class(dataset, classes)`：走遍数据集 `dataset`，返回形状 `(classes,)` 的 `int64` 张量，第 c 个数是标签为 c 的样本有多少个；一个也没有的类别是 0。`classes` 是类别的个数（`int`）。
#
# 每个样本是一对 `(x, 标签)`，标签在 0 到 `classes - 1` 之间，可能是 `int`，也可能是只有一个数的张量（形状 `()`）。数据集至少有 1 个样本，不一定有 `targets`。
#
# 例：标签依次是 2、0、2，`classes` 是 4，得到 `tensor([1, 0, 2, 0])`。
#
# <details><summary>提示 1</summary>像数票一样：每一类一个计数器，见到一个标签，就给那个计数器加 1。</details>
# <details><summary>提示 2</summary><code>torch.zeros</code> 可以写明 <code>dtype</code>；用标签作索引。</details>
# <details><summary>提示 3</summary>也可以先收集所有标签，再用 <code>torch.bincount</code>，看看它的参数 <code>minlength</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.2a · How many of each? (2 points)
#
# Write `count_per_class(dataset, classes)`: go through `dataset` and return an `int64` tensor of shape `(classes,)` whose number c says how many samples have label c; 0 for a class that does not occur. `classes` is how many classes there are (an `int`).
#
# Each sample is a pair `(x, label)`. The label lies between 0 and `classes - 1` and is either an `int` or a tensor that holds one number (shape `()`). There is at least 1 sample, and the dataset may have no `targets`.
#
# Example: with the labels 2, 0, 2 and `classes` 4 you get `tensor([1, 0, 2, 0])`.
#
# <details><summary>Hint 1</summary>Count it as you count votes: one counter a class, and each label you meet adds 1 to its counter.</details>
# <details><summary>Hint 2</summary><code>torch.zeros</code> takes a <code>dtype</code>; a label can be an index.</details>
# <details><summary>Hint 3</summary>Or collect all labels first and look at <code>torch.bincount</code> and its parameter <code>minlength</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "count_per_class", "locked": false, "schema_version": 3, "solution": true, "task": false}
def count_per_class(dataset: Dataset, classes: int) -> torch.Tensor:
    """dataset of (x, label), number of classes -> int64 (classes)"""
    ### BEGIN SOLUTION
    counts = torch.zeros(classes, dtype=torch.int64)
    for _, label in dataset:
        counts[label] += 1
    return counts
    ### END SOLUTION


# %% tags=["exercise", "nbval-ignore-output"]
count_per_class(test_data, 10)

# %% nbgrader={"grade": true, "grade_id": "count_per_class-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch.utils.data import Dataset

from pytorch_learning import checks

with checks.exercise("count_per_class"):

    class Votes(Dataset):
        def __init__(self, labels):
            self._labels = labels

        def __len__(self):
            return len(self._labels)

        def __getitem__(self, index):
            return torch.full((2, 3), float(index)), self._labels[index]

        def __getattr__(self, name):
            raise AttributeError(
                checks.say(
                    f"这个数据集没有 `{name}`：取出每个样本，标签是第二项",
                    f"this dataset has no `{name}`: take out every sample, its label comes second",
                )
            )

    def count_by_hand(dataset, classes):
        labels = [int(dataset[i][1]) for i in range(len(dataset))]
        return torch.tensor([sum(1 for label in labels if label == c) for c in range(classes)])

    def count_some(start, stop):
        def part(dataset, classes):
            labels = [int(dataset[i][1]) for i in range(len(dataset))][start:stop]
            return torch.tensor([labels.count(c) for c in range(classes)])

        return part

    def count(dataset, classes):
        """The answer; an error that comes from the kind of the labels becomes a sentence."""
        try:
            return count_per_class(dataset, classes)
        except (AttributeError, TypeError, IndexError) as error:
            checks.true(
                "too many indices" not in str(error) and "not tuple" not in str(error),
                checks.say(
                    f"这里用整个样本作了索引（{error}）：样本是一对 `(x, label)`，标签是第二个",
                    f"a whole sample was used as an index ({error}): it is a pair `(x, label)`, its label comes second",
                ),
            )
            no_tensor = ("must be Tensor, not int", "but got int")
            if "'int' object has no attribute" not in str(error) and not any(
                words in str(error) for words in no_tensor
            ):
                raise
            raise checks.CheckFailed(
                checks.say(
                    f"标签可能是 `int`，也可能是张量（{error}）：`int(label)` 对两种都行",
                    f"a label may be an `int` or a tensor ({error}): `int(label)` suits both",
                )
            ) from error

    count.__name__ = "count_per_class"

    absent = checks.say(
        "没有出现的类别也要占一个 0：结果总是有 `classes` 个数",
        "a class that does not occur has its 0 too: the result always has `classes` numbers",
    )
    present = checks.say(
        "这只说出现了没有；同一个标签每出现一次都要算",
        "that says only whether a class occurs; count every time that its label comes",
    )
    total = checks.say(
        "这是样本的总数，要的是每一类各有多少",
        "that is the number of samples; how many of each class is wanted",
    )
    as_keys = checks.say(
        "标签是张量时没有数到：每个张量都是另一个字典键，先用 `int(label)` 变成数",
        "labels that are tensors are not counted: as keys no two tensors are the same, so make them `int(label)`",
    )
    only_first = checks.say(
        "只数了第一个样本：`return` 是不是写在循环里面了？",
        "only the first sample is counted: is `return` inside the loop?",
    )
    last = checks.say("最后一个样本没有数到", "the last sample is not counted")
    first = checks.say(
        "第一个样本没有数到：位置从 0 数起", "the first sample is not counted: positions start at 0"
    )
    decimals = checks.say(
        "个数是整数：计数器要 `dtype=torch.int64`", "counts are whole: the counters want `dtype=torch.int64`"
    )
    shifted = checks.say("差了一位：第 0 个数是标签 0 的个数", "one off: number 0 is how many labels are 0")
    fractions = checks.say("要的是个数，不是所占的比例", "counts are wanted, not fractions")

    def as_fractions(dataset, classes):
        counts = count_by_hand(dataset, classes)
        return counts / counts.sum()

    def without_zeros_at_the_end(dataset, classes):
        counts = count_by_hand(dataset, classes)
        return counts[: int(counts.nonzero().max()) + 1]

    mistakes = [
        (count_some(0, 1), only_first),
        (lambda dataset, classes: (count_by_hand(dataset, classes) > 0).long(), present),
        (lambda dataset, classes: torch.zeros(classes, dtype=torch.int64), as_keys),
        (lambda dataset, classes: torch.zeros(classes), as_keys),
        (lambda dataset, classes: len(dataset), total),
        (lambda dataset, classes: torch.tensor(len(dataset)), total),
        (lambda dataset, classes: count_by_hand(dataset, classes).float(), decimals),
        (lambda dataset, classes: count_by_hand(dataset, classes).roll(1), shifted),
        (lambda dataset, classes: count_by_hand(dataset, classes).roll(-1), shifted),
        (as_fractions, fractions),
        (without_zeros_at_the_end, absent),
        (
            lambda dataset, classes: count_by_hand(dataset, classes)[count_by_hand(dataset, classes) > 0],
            absent,
        ),
        (count_some(0, -1), last),
        (count_some(1, None), first),
    ]
    checks.returns(
        count, Votes([0, 2, 1, 2, 2]), 5, expected=torch.tensor([1, 1, 3, 0, 0]), mistakes=mistakes
    )
    votes = Votes([torch.tensor(label) for label in (1, 1, 3, 0)])
    checks.returns(count, votes, 4, expected=torch.tensor([1, 2, 0, 1]), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        many = torch.randint(0, 7, (150,))
        cases = [
            (Votes(many.tolist()), 10),
            (Votes(list(many)), 7),
            (Votes([0]), 1),
            (Votes([torch.tensor(4)]), 6),
            (Votes([5, 5, 5]), 6),
        ]
        checks.agrees(count, count_by_hand, cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# 看数据，先看图。从训练集里随机挑 9 个样本，排成 3×3：

# %% [markdown] tags=["en"]
# To know your data, look at it. Nine random samples of the training set in a 3×3 grid:

# %%
torch.manual_seed(0)
figure = plt.figure(figsize=(6, 6))
cols, rows = 3, 3
for i in range(1, cols * rows + 1):
    sample_idx = torch.randint(len(training_data), size=(1,)).item()
    img, label = training_data[sample_idx]
    figure.add_subplot(rows, cols, i)
    plt.title(training_data.classes[label])
    plt.axis("off")
    plt.imshow(img.squeeze(), cmap="gray")
plt.show()

# %% [markdown] tags=["zh"]
# 一行一行看：
#
# - `torch.randint(…, size=(1,)).item()` 抽一个位置，变成 Python 的数；设了种子，所以每次抽到同样的 9 个。
# - `add_subplot(rows, cols, i)` 在格子里占第 i 个位置，`plt.title` 和 `plt.axis("off")` 加标题、去掉坐标轴。
# - `imshow` 画灰度图要的形状是 `(28, 28)`，而 `img` 是 `(1, 28, 28)`。`squeeze()` 去掉大小为 1 的轴。
# - `cmap="gray"`：最小的值画成黑色，最大的画成白色。不写的话，matplotlib 会用由紫到黄的默认配色。

# %% [markdown] tags=["en"]
# Line by line:
#
# - `torch.randint(…, size=(1,)).item()` draws a position and makes a Python number of it; with the seed it is the same nine every time.
# - `add_subplot(rows, cols, i)` takes place i of the grid; `plt.title` and `plt.axis("off")` add a title and remove the axes.
# - For a grey picture `imshow` wants the shape `(28, 28)`, and `img` is `(1, 28, 28)`. `squeeze()` removes axes of size 1.
# - `cmap="gray"`: the least value is black, the greatest white. Without it matplotlib uses its default colours, from purple to yellow.

# %%
print(img.shape, "->", img.squeeze().shape)

# %% [markdown] tags=["zh"]
# ### 把几张图片拼成一张
#
# 样本多的时候，一张大图比许多小图画得快，也好保存。把两张图片左右并排，能不能直接 `reshape`？先用两张 2×2 的小「图片」试试：

# %% [markdown] tags=["en"]
# ### Several pictures in one
#
# With many samples, one large picture is drawn faster than many small ones, and easier to save. Can `reshape` alone put two pictures side by side? Try it with two small "pictures" of 2×2 pixels:

# %%
pair = torch.arange(8).reshape(2, 2, 2)
plots.tensor_grid(
    pair[0],
    pair[1],
    pair.reshape(2, 4),
    pair.permute(1, 0, 2).reshape(2, 4),
    titles=["pair[0]", "pair[1]", "pair.reshape(2, 4)", "pair.permute(1, 0, 2).reshape(2, 4)"],
)

# %% [markdown] tags=["zh"]
# 不能。`reshape` 不挪动数，只按原来的次序重新分行：第 0 张的所有行，然后第 1 张的所有行。而并排的图片，第一行应该是**每张图的**第一行：次序要变成「先行，再图片，再列」。
#
# `permute` 重新排列轴：`permute(1, 0, 2)` 说新的轴依次是原来的第 1、第 0、第 2 个轴，`(图片, 行, 列)` 就变成了 `(行, 图片, 列)`。这时再 `reshape`，次序就对了。换成真的图片看看：左边直接 `reshape`，右边先 `permute`。左图的上半是第 0 张、下半是第 1 张，每张的偶数行到了左边，奇数行到了右边，所以看上去各有两张压扁了的图片。

# %% [markdown] tags=["en"]
# It cannot. `reshape` moves no number, it only breaks the same sequence into other rows: all rows of picture 0, then all rows of picture 1. Side by side, however, the first row should be the first row **of each picture**: the order has to become rows, then pictures, then columns.
#
# `permute` puts the axes in another order: `permute(1, 0, 2)` says that the new axes are the old axes 1, 0 and 2, so `(picture, row, column)` becomes `(row, picture, column)`. After that, `reshape` gets it right. The same with real pictures: `reshape` alone on the left, `permute` first on the right. On the left, picture 0 is above and picture 1 below, each with its even rows in one half and its odd rows in the other: hence the two squashed garments of each.

# %%
pair = torch.stack([training_data[i][0].squeeze() for i in (0, 1)])
figure, axes = plt.subplots(1, 2, figsize=(8, 2.2))
axes[0].imshow(pair.reshape(28, 56), cmap="gray")
axes[0].set_title("reshape")
axes[1].imshow(pair.permute(1, 0, 2).reshape(28, 56), cmap="gray")
axes[1].set_title("permute, reshape")
for ax in axes:
    ax.axis("off")
plt.show()

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.2b · 小样（3 分）
#
# 摄影师把许多照片缩小，印在一张纸上，叫做小样（contact sheet）。写函数 `contact_sheet(images, columns)`：`images` 的形状是 `(n, 1, h, w)`，n 是 `columns` 的倍数；把它们排成每行 `columns` 张，从左到右、从上到下，拼成一张图，形状 `(n // columns * h, columns * w)`，中间不留空隙。h 和 w 不一定相等，dtype 和设备跟 `images` 的一样。
#
# 例：`columns` 是 2，四张 1×1 的图片依次是 1、2、3、4，得到 `[[1, 2], [3, 4]]`；六张 28×28 的图片、`columns` 是 3，得到 `(56, 84)`。
#
# <details><summary>提示 1</summary>想一想大图里像素的次序：先是哪一排图片，然后是什么，然后是什么，最后是什么？</details>
# <details><summary>提示 2</summary>先用 <code>reshape</code> 把 n 拆成两个轴，成为（排，列，高，宽）；再把轴换成正确的次序；最后合并。</details>
# <details><summary>提示 3</summary>也可以循环：用 <code>torch.cat</code> 把每一排左右接起来，再把各排上下接起来。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.2b · Contact sheet (3 points)
#
# A photographer prints many pictures on one sheet of paper, the contact sheet. Write `contact_sheet(images, columns)`: `images` has shape `(n, 1, h, w)`, with n a multiple of `columns`; arrange them `columns` to a row, from left to right and from top to bottom, in one picture of shape `(n // columns * h, columns * w)`, without gaps. h and w may differ; dtype and device are those of `images`.
#
# Example: with `columns` 2, four pictures of 1×1 pixel, 1, 2, 3 and 4, give `[[1, 2], [3, 4]]`; six pictures of 28×28 with `columns` 3 give shape `(56, 84)`.
#
# <details><summary>Hint 1</summary>Think of the order of the pixels in the large picture: first which line of pictures, and then, and then, and last?</details>
# <details><summary>Hint 2</summary>Split n into two axes with <code>reshape</code>, to get (line of pictures, column of pictures, height, width); put the axes in the right order; merge them.</details>
# <details><summary>Hint 3</summary>A loop does it as well: <code>torch.cat</code> joins the pictures of a line sideways, and then the lines, one below the other.</details>


# %% nbgrader={"grade": false, "grade_id": "contact_sheet", "locked": false, "schema_version": 3, "solution": true, "task": false}
def contact_sheet(images: torch.Tensor, columns: int) -> torch.Tensor:
    """images (n, 1, h, w) -> one picture (n // columns * h, columns * w)"""
    ### BEGIN SOLUTION
    n, _, h, w = images.shape
    rows = n // columns
    grid = images.reshape(rows, columns, h, w)
    return grid.permute(0, 2, 1, 3).reshape(rows * h, columns * w)
    ### END SOLUTION


# %% tags=["exercise"]
images = torch.stack([training_data[i][0] for i in range(24)])
plt.imshow(contact_sheet(images, 8), cmap="gray")
plt.axis("off")
plt.show()

# %% nbgrader={"grade": true, "grade_id": "contact_sheet-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("contact_sheet"):
    cut = checks.say(
        "只用 `reshape`，每张图片的各行就首尾相接了：合并之前要调整轴的次序",
        "`reshape` alone strings the rows of each picture together: put the axes in order before you merge them",
    )
    down = checks.say(
        "图片是从上到下一列一列排的：应该先从左到右排满一行",
        "the pictures go down column by column: fill each row from left to right first",
    )
    swapped = checks.say(
        "`columns` 是每行有几张，不是有几行",
        "`columns` says how many go in a row, not how many rows there are",
    )
    turned = checks.say("每张图片的行和列对调了", "inside each picture, rows and columns are swapped")
    channel = checks.say(
        "大图没有通道那个轴：形状是 (高, 宽)",
        "the sheet has no axis for the channel: its shape is (height, width)",
    )
    sheet_height = checks.say(
        "所有图片接成了一长条：每排 `columns` 张，共 `n // columns` 排",
        "all pictures are in one long strip: `columns` to a line, `n // columns` lines",
    )
    merge_last = checks.say(
        "轴的次序对了，还差最后一步：用 `reshape` 合并成 (n // columns * h, columns * w)",
        "the axes are in the right order, one step is left: merge them with `reshape` into (n // columns * h, columns * w)",
    )
    gaps = checks.say("图片之间有空隙：要紧挨着", "there are gaps: the pictures should touch")
    backwards = checks.say("图片的顺序反了", "the pictures come in reverse order")

    def lay_out(images, columns):
        lines = [images[i : i + columns, 0] for i in range(0, len(images), columns)]
        return torch.cat([torch.cat(list(line), dim=1) for line in lines])

    def with_gaps(images, columns):
        # As torchvision's make_grid does it: two pixels between the pictures and around them.
        pad = torch.nn.functional.pad
        return pad(lay_out(pad(images, (2, 0, 2, 0)), columns), (0, 2, 0, 2))

    def unmerged(images, columns):
        return torch.stack([torch.stack(list(line), dim=1) for line in images[:, 0].split(columns)])

    def plain_reshape(images, columns):
        return images.reshape(len(images) // columns * images.shape[2], columns * images.shape[3])

    def column_by_column(images, columns):
        order = torch.arange(len(images)).reshape(columns, -1).T.flatten()
        return lay_out(images[order], columns)

    def upright(images, columns):
        lines = [torch.cat(list(line)) for line in images[:, 0].split(columns)]
        return torch.cat(lines, dim=1)

    def rows_of_all(images, columns):
        return images[:, 0].permute(1, 0, 2).reshape(-1, columns * images.shape[3])

    def split_as_columns_lines(images, columns):
        blocks = images.reshape(columns, len(images) // columns, *images.shape[2:])
        return blocks.transpose(1, 2).reshape(-1, columns * images.shape[3])

    stands = checks.say(
        "每排图片竖着接了：一排之内左右相接（`dim=1`），排与排上下相接（`dim=0`）",
        "the lines of pictures stand upright: join sideways inside a line (`dim=1`), and the lines one below the other "
        "(`dim=0`)",
    )
    all_side_by_side = checks.say(
        "这样会把所有图片排成一行：先把 n 拆成 (第几排, 第几列) 两个轴，再调整次序，第几排在最前面",
        "that puts all pictures into one line: first split n into (line, column), then put the axes in order, the line "
        "in front",
    )
    lines_first = checks.say(
        "n 拆反了：是 (n // columns, columns)，先是第几排",
        "n is split the wrong way round: it is (n // columns, columns), the line comes first",
    )
    mistakes = [
        (plain_reshape, cut),
        (unmerged, merge_last),
        (with_gaps, gaps),
        (column_by_column, down),
        (upright, stands),
        (rows_of_all, all_side_by_side),
        (split_as_columns_lines, lines_first),
        (lambda images, columns: lay_out(images, len(images) // columns), swapped),
        (lambda images, columns: lay_out(images.mT, columns), turned),
        (lambda images, columns: lay_out(images.mT.reshape(images.shape), columns), turned),
        (lambda images, columns: lay_out(images, columns)[None], channel),
        (lambda images, columns: lay_out(images, columns)[None, None], channel),
        (lambda images, columns: lay_out(images, 1), sheet_height),
        (lambda images, columns: lay_out(images, len(images)), sheet_height),
        (lambda images, columns: lay_out(images.flip(0), columns), backwards),
    ]
    six = torch.arange(36).reshape(6, 1, 2, 3)
    wanted = [
        [0, 1, 2, 6, 7, 8, 12, 13, 14],
        [3, 4, 5, 9, 10, 11, 15, 16, 17],
        [18, 19, 20, 24, 25, 26, 30, 31, 32],
        [21, 22, 23, 27, 28, 29, 33, 34, 35],
    ]
    checks.returns(contact_sheet, six, 3, expected=torch.tensor(wanted), mistakes=mistakes)
    numbers = torch.arange(1, 5).reshape(4, 1, 1, 1)
    checks.returns(contact_sheet, numbers, 2, expected=torch.tensor([[1, 2], [3, 4]]), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def pixel_by_pixel(images, columns):
            n, _, h, w = images.shape
            sheet = images.new_zeros(n // columns * h, columns * w)
            for k in range(n):
                for i in range(h):
                    for j in range(w):
                        sheet[k // columns * h + i, k % columns * w + j] = images[k, 0, i, j]
            return sheet

        cases = [
            (torch.rand(6, 1, 4, 2), 2),
            (torch.rand(8, 1, 3, 3), 2),
            (torch.rand(5, 1, 3, 2), 5),
            (torch.rand(5, 1, 2, 3), 1),
            (torch.rand(1, 1, 2, 3), 1),
            (torch.randint(0, 256, (4, 1, 3, 2), dtype=torch.uint8), 2),
            (torch.rand(9, 1, 1, 2).double(), 3),
            (torch.rand(4, 1, 3, 2).transpose(2, 3), 2),
        ]
        checks.agrees(contact_sheet, pixel_by_pixel, cases, mistakes=mistakes)
        checks.follows_device(contact_sheet, torch.rand(6, 1, 4, 2), 3)
        # A sheet made on the default device shows when that is another than the input's.
        rand = torch.rand(6, 1, 4, 2)
        try:
            with torch.device("meta"):
                made_on = contact_sheet(rand, 3).device
        except (RuntimeError, TypeError):
            made_on = rand.device
        checks.true(
            made_on == rand.device,
            checks.say(
                "大图要和 `images` 在同一个设备上：创建时写 `device=images.device`，或用 `images.new_zeros(…)`",
                "the sheet should be on its input's device: create it with `device=images.device`, or by "
                "`images.new_zeros(…)`",
            ),
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 2.3 为您的文件创建自定义数据集
#
# 你自己的数据，多半是一个装满图片的文件夹，加一张写着标签的表。我们就造一份这样的数据：把 Fashion-MNIST 的前 30 个样本存成 PNG 文件，标签写进 `labels.csv`。它们放在一个临时文件夹里，笔记本关掉就没有了。
#
# 这里的 `pictures` 没有写 `transform`，所以取出的是 Pillow 图片，可以直接 `save`。

# %% [markdown] tags=["en"]
# ## 2.3 A dataset for your own files
#
# Your own data is most likely a folder full of pictures and a table with their labels. Let us make such data: the first 30 samples of Fashion-MNIST as PNG files, and their labels in `labels.csv`. They go into a temporary folder, which is gone when you close the notebook.
#
# `pictures` has no `transform`, so what it gives are Pillow pictures, which have a method `save`.

# %%
folder = tempfile.TemporaryDirectory(prefix="garments-")
img_dir = Path(folder.name) / "garments"
img_dir.mkdir()
annotations_file = Path(folder.name) / "labels.csv"

pictures = datasets.FashionMNIST(root=root, train=True, download=True)
lines = []
for i in range(30):
    picture, label = pictures[i]
    picture.save(img_dir / f"garment{i:02}.png")
    lines.append(f"garment{i:02}.png, {label}\n")
annotations_file.write_text("".join(lines), encoding="utf-8")

print(len(list(img_dir.glob("*.png"))), "pictures")

# %% [markdown] tags=["zh"]
# `labels.csv` 的格式和原文一样：每行一个样本，文件名、逗号、空格、标签，**没有标题行**。前四行：

# %% [markdown] tags=["en"]
# `labels.csv` looks as in the original document: one sample a line, file name, comma, space, label, and **no line with headings**. Its first four lines:

# %% tags=["nbval-ignore-output"]
with open(annotations_file, encoding="utf-8") as file:
    for line in islice(file, 4):
        print(line, end="")

# %% [markdown] tags=["zh"]
# 为什么存成 PNG，而不是原文的 JPEG？JPEG 会丢掉一些细节，读回来的不再是原来的像素；PNG 一个像素也不变。（`BytesIO` 是内存里的文件，`PILToTensor()` 把 Pillow 图片变成 `uint8` 张量，像素值原样不动。）

# %% [markdown] tags=["en"]
# Why PNG, and not JPEG as in the original document? JPEG drops some detail, so what you read is not what you saved; PNG keeps every pixel. (`BytesIO` is a file in memory; `PILToTensor()` makes a `uint8` tensor of a Pillow picture and leaves the pixels as they are.)

# %%
picture, label = pictures[0]
for kind in ("PNG", "JPEG"):
    file = BytesIO()
    picture.save(file, format=kind)
    with Image.open(file) as saved:
        print(kind, torch.equal(PILToTensor()(saved), PILToTensor()(picture)))

# %% [markdown] tags=["zh"]
# 读这份数据的类，要继承 `Dataset`，并写好三个方法¹：
#
# - `__init__`：创建对象时运行一次，做准备；
# - `__len__`：有多少个样本；
# - `__getitem__`：第 `idx` 个样本是什么。
#
# 先看完整的类，再一个方法一个方法地讲。和原文比，主要改了四处，后面会逐一说明原因。
#
# <small>¹ 原文把它们叫函数；写在类里面的函数叫方法。前后各两个下划线的名字是 Python 规定的：你写 `len(files)`，Python 就去调用 `files.__len__()`。</small>

# %% [markdown] tags=["en"]
# The class that reads this data inherits from `Dataset` and has three methods¹:
#
# - `__init__`: runs once, when the object is made, and prepares things;
# - `__len__`: how many samples there are;
# - `__getitem__`: what sample `idx` is.
#
# Here is the whole class; then we go through it method by method. It differs from the original document in four places that matter, each with a reason that comes below.
#
# <small>¹ The original document calls them functions; a function inside a class is a method. The names with two underscores on either side are Python's: when you write `len(files)`, Python calls `files.__len__()`.</small>


# %%
class CustomImageDataset(Dataset):
    def __init__(self, annotations_file, img_dir, transform=None, target_transform=None):
        self.img_labels = pd.read_csv(
            annotations_file, header=None, names=["file", "label"], skipinitialspace=True
        )
        self.img_dir = img_dir
        self.transform = transform
        self.target_transform = target_transform

    def __len__(self):
        return len(self.img_labels)

    def __getitem__(self, idx):
        img_path = os.path.join(self.img_dir, self.img_labels.iloc[idx, 0])
        with Image.open(img_path) as picture:
            image = picture.convert("L")
        label = int(self.img_labels.iloc[idx, 1])
        if self.transform is not None:
            image = self.transform(image)
        if self.target_transform is not None:
            label = self.target_transform(label)
        return image, label


# %% [markdown] tags=["zh"]
# 它用起来和 `training_data` 一模一样。样本也一样吗？30 个全都比一比：

# %% [markdown] tags=["en"]
# It is used just like `training_data`. Are its samples the same, too? Compare all 30:

# %%
files = CustomImageDataset(annotations_file, img_dir, transform=ToTensor())

same = []
for i in range(len(files)):
    image, label = files[i]
    original, original_label = training_data[i]
    same.append(torch.equal(image, original) and label == original_label)
print(len(same), all(same))

# %%
shown = list(islice(files, 12))
plots.images(
    [image for image, label in shown],
    titles=[training_data.classes[label] for image, label in shown],
    columns=6,
)
plt.show()

# %% [markdown] tags=["zh"]
# ### 2.3.1 `__init__`
#
# `__init__` 在创建对象时运行一次：读标签表，记住图片在哪个文件夹、要做哪两个变换（第 3 节细讲）。它**不打开任何图片**：就算有一百万个文件，对象也马上就能建好，内存里也只有这张表。
#
# **第一处改动**在读表的那一行。原文写 `pd.read_csv(annotations_file)`，可是 pandas 默认第一行是标题，于是第一个样本成了标题，丢了：

# %% [markdown] tags=["en"]
# ### 2.3.1 `__init__`
#
# `__init__` runs once, when the object is made: it reads the table of labels and remembers the folder of the pictures and the two transforms (more in section 3). It **opens no picture**: even with a million files the object is ready at once, and only the table is in memory.
#
# **The first change** is in the line that reads the table. The original document writes `pd.read_csv(annotations_file)`, but pandas takes the first line for headings, so the first sample becomes the headings and is lost:

# %%
print(len(pd.read_csv(annotations_file)))
print(len(pd.read_csv(annotations_file, header=None, names=["file", "label"])))

# %% tags=["nbval-ignore-output"]
pd.read_csv(annotations_file).head(2)

# %% [markdown] tags=["zh"]
# 不报错，也没有警告，只是少了一个样本：这种错最难发现。`header=None` 告诉 pandas 没有标题行，`names` 给两列起名字。
#
# **第二处改动**是 `skipinitialspace=True`：逗号后面有一个空格。标签是数的时候，pandas 不在乎这个空格；标签是文字，它就成了文字的一部分，`" Bag"` 和 `"Bag"` 可不相等。（`StringIO` 是内存里的文本文件。）

# %% [markdown] tags=["en"]
# No error, no warning, just one sample less: the worst kind of mistake to find. `header=None` tells pandas that there are no headings, `names` gives names to the two columns.
#
# **The second change** is `skipinitialspace=True`: a space follows the comma. With numbers pandas does not mind; with text the space becomes part of it, and `" Bag"` does not equal `"Bag"`. (`StringIO` is a text file in memory.)

# %%
text = "garment00.png, Bag\n"
for skip in (False, True):
    table = pd.read_csv(StringIO(text), header=None, skipinitialspace=skip)
    print([table.iloc[0, 1]])

# %% [markdown] tags=["zh"]
# 不用 pandas 也读得了：`open(path, encoding="utf-8")` 打开的文件可以用 `for` 一行一行地走（上面打印前四行时就是这样）。`encoding` 要写明，否则在 Windows 上，中文会变成乱码或者报错。

# %% [markdown] tags=["en"]
# You can do without pandas: a file opened by `open(path, encoding="utf-8")` can be walked through line by line with `for` (that is how the first four lines were printed above). Do name the `encoding`: without it, Chinese text is garbled or an error on Windows.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.3.1 · 读标签表（2 分）
#
# 写函数 `read_annotations(path)`：读一个**没有标题行**的 CSV 文件（UTF-8 编码），返回一个列表，每行对应一个元组 `(文件名, 标签)`，类型是 `(str, int)`，次序和文件里一样。
#
# `path` 可能是 `str`，也可能是 `Path`。每行是文件名、一个逗号、标签；逗号后面可能没有空格，也可能有一个或几个。文件名里没有逗号和引号，开头也没有空格，但中间可能有空格，也可能有中文，要原样保留。文件里没有空行，最后一行的末尾不一定有换行。
#
# 例：文件的内容是 `red dress.png, 3` 和 `包.png,8` 两行，得到 `[('red dress.png', 3), ('包.png', 8)]`。
#
# <details><summary>提示 1</summary>哪个字符把一行分成两部分？文件名里可能有空格，所以不是空格。</details>
# <details><summary>提示 2</summary>字符串的 <code>split</code> 可以指定在哪个字符处切开；<code>int</code> 不在乎数前后的空格。</details>
# <details><summary>提示 3</summary>也可以用 pandas 或 Python 自带的 <code>csv</code> 模块；注意标题行，还要注意得到的是不是 Python 的 <code>int</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.3.1 · Read the labels (2 points)
#
# Write `read_annotations(path)`: read a CSV file **without headings** (UTF-8) and return a list with one tuple `(file name, label)` a line, of types `(str, int)`, in the order of the file.
#
# `path` is a `str` or a `Path`. Each line is a file name, one comma and a label; after the comma there may be no space, one, or several. A file name has no comma, no quotes and no space at its beginning, but there may be spaces and Chinese characters inside, which stay as they are. No line is empty, and the last one may or may not end in a newline.
#
# Example: a file with the two lines `red dress.png, 3` and `包.png,8` gives `[('red dress.png', 3), ('包.png', 8)]`.
#
# <details><summary>Hint 1</summary>Which character divides a line in two? Not the space, which may occur in a file name.</details>
# <details><summary>Hint 2</summary>A string's <code>split</code> takes the character to cut at; <code>int</code> does not mind spaces around a number.</details>
# <details><summary>Hint 3</summary>pandas or Python's own module <code>csv</code> will do, too; mind the headings, and see to it that you get Python's <code>int</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "read_annotations", "locked": false, "schema_version": 3, "solution": true, "task": false}
def read_annotations(path: str | Path) -> list[tuple[str, int]]:
    """CSV file without headings -> [(file name, label), ...]"""
    ### BEGIN SOLUTION
    annotations = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            name, label = line.split(",")
            annotations.append((name, int(label)))
    return annotations
    ### END SOLUTION


# %% tags=["exercise", "nbval-ignore-output"]
read_annotations(annotations_file)[:3]

# %% nbgrader={"grade": true, "grade_id": "read_annotations-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import tempfile
from pathlib import Path

import numpy as np

from pytorch_learning import checks

with checks.exercise("read_annotations"):

    def read_annotations_of(text, kind=Path):
        """The answer for a file with this text."""
        with tempfile.TemporaryDirectory(prefix="课程 data ", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "标签 1.csv"
            path.write_text(text, encoding="utf-8", newline="\n")
            try:
                found = read_annotations(kind(path))
            except UnicodeError as error:
                raise checks.CheckFailed(
                    checks.say(
                        '文件不能这样解码：打开时写明 `encoding="utf-8"`',
                        'the file can\'t be decoded like that: open it with `encoding="utf-8"`',
                    )
                ) from error
            except KeyError as error:
                raise checks.CheckFailed(
                    checks.say(
                        f"没有这一列（KeyError: {error}）：pandas 把第一行当成了标题？写 `header=None`，需要时用 `names` 给列起名字",
                        f"there is no such column (KeyError: {error}): did pandas take the first line for headings? Write "
                        "`header=None`, and give the columns `names` if you need them",
                    )
                ) from error
            except (ValueError, IndexError) as error:
                raise checks.CheckFailed(
                    checks.say(
                        f"有一行没有拆对（{type(error).__name__}: {error}）：只在逗号处切开，"
                        "逗号后面可能没有空格，也可能有几个，文件名里也可能有空格；"
                        "要是按换行来切，最后会多出空的一段，`splitlines()` 不会",
                        f"a line was not divided as it should be ({type(error).__name__}: {error}): cut at the comma "
                        "only; after it may come no space or several, and a file name may hold spaces too; cutting the "
                        "text at newlines leaves an empty piece at the end, `splitlines()` does not",
                    )
                ) from error
            except FileNotFoundError as error:
                raise checks.CheckFailed(
                    checks.say(
                        "找不到文件：要打开的是参数 `path`，不要写死",
                        "no such file: open the argument `path`, not a fixed name",
                    )
                ) from error
            except (TypeError, AttributeError) as error:
                of_path = (
                    "Path",
                    "has no attribute 'read_text'",
                    "has no attribute 'open'",
                    "has no attribute 'read_bytes'",
                )
                if not any(words in str(error) for words in of_path):
                    raise
                raise checks.CheckFailed(
                    checks.say(
                        f"`path` 可能是 `str`，也可能是 `Path`（{error}）：`open(path)` 和 `Path(path)` 两种都认",
                        f"`path` may be a `str` or a `Path` ({error}): `open(path)` and `Path(path)` take both",
                    )
                ) from error
        checks.true(
            "garment00.png" not in str(found),
            checks.say(
                "这是正文里的 `labels.csv`：要打开的是参数 `path`",
                "that is the `labels.csv` of the lesson: open the argument `path`",
            ),
        )
        if hasattr(found, "__next__"):
            kind_found = type(found).__name__
            raise checks.CheckFailed(
                checks.say(
                    f"得到的是 {kind_found}，还不是列表：用 `list(…)` 把它走一遍",
                    f"that is a {kind_found}, not yet a list: `list(…)` goes through it",
                )
            )
        return found

    def pairs(text):
        return [
            (line[: line.index(",")], int(line[line.index(",") + 1 :])) for line in text.split("\n") if line
        ]

    headings = checks.say(
        "第一行也是样本，不是标题：pandas 要写 `header=None`，也不要跳过第一行",
        "the first line is a sample, not headings: pandas wants `header=None`, and don't skip a line",
    )
    last = checks.say("最后一行丢了", "the last line is lost")
    one = checks.say(
        "只有第一行：`return` 不要写在循环里面", "only the first line came: keep `return` out of the loop"
    )
    only_last = checks.say(
        "只有最后一行：每行一个元组，都收进一个列表再返回",
        "that is the last line alone: gather one tuple a line in a list",
    )
    text_label = checks.say(
        "标签还是文字：用 `int(…)` 变成数", "the labels are still text: `int(…)` makes a number"
    )
    decimal = checks.say("标签是整数：用 `int(…)`", "labels are whole: use `int(…)`")
    of_numpy = checks.say(
        "标签是 NumPy 的整数，不是 Python 的：再套一个 `int(…)`",
        "the labels are NumPy's integers, not Python's: put `int(…)` around them",
    )
    spaces = checks.say(
        "文件名里的空格是名字的一部分：要原样保留", "a space inside a file name belongs to it: keep it"
    )
    swapped = checks.say("先文件名，后标签", "the file name comes first, then the label")
    as_dict = checks.say("要的是元组的列表，不是字典", "a list of tuples is wanted, not a dictionary")
    columns = checks.say(
        "要的是每行一个元组，不是两列：`zip` 把两列一对一对地配起来",
        "one tuple a line is wanted, not two columns: `zip` pairs them up",
    )
    flat = checks.say(
        "文件名和标签散开了：每行是一个元组，`append((name, label))`",
        "file names and labels lie loose in the list: one tuple a line, `append((name, label))`",
    )
    order = checks.say("次序要和文件里一样：不要排序", "keep the order of the file: don't sort")
    quotes = checks.say(
        "只要文件名，不要文件夹，也不要去掉扩展名",
        "the file name alone, without a folder and with its suffix",
    )
    mistakes = [
        (lambda text, kind=Path: pairs(text)[1:], headings),
        (lambda text, kind=Path: pairs(text)[:1], one),
        (lambda text, kind=Path: pairs(text)[:-1], last),
        (lambda text, kind=Path: pairs(text)[-1], only_last),
        (lambda text, kind=Path: [(a, str(b)) for a, b in pairs(text)], text_label),
        (lambda text, kind=Path: [tuple(line.split(",")) for line in text.split("\n") if line], text_label),
        (lambda text, kind=Path: [tuple(line.split(",")) for line in text.splitlines(True)], text_label),
        (lambda text, kind=Path: [(a, float(b)) for a, b in pairs(text)], decimal),
        (lambda text, kind=Path: [(a, np.int64(b)) for a, b in pairs(text)], of_numpy),
        (lambda text, kind=Path: [(a, np.int64(b)) for a, b in pairs(text)[1:]], headings),
        (lambda text, kind=Path: [(a.replace(" ", ""), b) for a, b in pairs(text)], spaces),
        (lambda text, kind=Path: [(b, a) for a, b in pairs(text)], swapped),
        (lambda text, kind=Path: dict(pairs(text)), as_dict),
        (lambda text, kind=Path: list(zip(*pairs(text))), columns),
        (lambda text, kind=Path: tuple(zip(*pairs(text))), columns),
        (lambda text, kind=Path: tuple([list(column) for column in zip(*pairs(text))]), columns),
        (lambda text, kind=Path: [list(column) for column in zip(*pairs(text))], columns),
        (lambda text, kind=Path: [part for pair in pairs(text) for part in pair], flat),
        (lambda text, kind=Path: sorted(pairs(text)), order),
        (lambda text, kind=Path: [(Path(a).stem, b) for a, b in pairs(text)], quotes),
    ]
    text = "shirt.png, 6\nred dress.png, 3\nbag.png, 8\n"
    wanted = [("shirt.png", 6), ("red dress.png", 3), ("bag.png", 8)]
    checks.returns(read_annotations_of, text, expected=wanted, mistakes=mistakes)
    text = "b.png,0\na.png,  9"
    checks.returns(read_annotations_of, text, expected=[("b.png", 0), ("a.png", 9)], mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        cases = [
            ("包.png,8\n红 色 连衣裙.png, 3\n", str),
            ("only one.png,   12", Path),
            ("a.b.png,1\n007.png, 10\nno suffix,2\nA.PNG,  0\n", str),
            ("a.png,0\na.png, 1\n", Path),
        ]
        checks.agrees(read_annotations_of, lambda text, kind: pairs(text), cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 2.3.2 `__len__`
#
# `__len__` 返回样本的个数，也就是表有多少行。它必须是一个 `int`。`DataLoader` 靠它知道能凑多少批。

# %% [markdown] tags=["en"]
# ### 2.3.2 `__len__`
#
# `__len__` returns how many samples there are: the rows of the table. It must be an `int`. A `DataLoader` needs it to know how many batches there will be.

# %%
print(len(files), files.__len__())

# %% [markdown] tags=["zh"]
# 有一件事它不管：**`for` 循环走到哪里停**。没有另外规定的话，Python 会依次取 `files[0]`、`files[1]`、`files[2]`……直到 `__getitem__` 抛出 `IndexError`。我们的表只有 30 行，`iloc[30, 0]` 自然会抛出它。自己算样本的数据集就不一定了：

# %% [markdown] tags=["en"]
# One thing it does not decide: **where a `for` loop stops**. Unless a dataset says otherwise, Python takes `files[0]`, `files[1]`, `files[2]` and so on, until `__getitem__` raises an `IndexError`. Our table has 30 rows, so `iloc[30, 0]` raises one by itself. A dataset that computes its samples need not:


# %%
class Squares(Dataset):
    def __len__(self):
        return 4

    def __getitem__(self, index):
        return index**2


print(len(Squares()))
print(list(islice(Squares(), 10)))

# %% [markdown] tags=["zh"]
# 说是 4 个样本，却一直走下去（没有 `islice`，这个循环永远不会结束）。所以 `__getitem__` 要自己检查索引是否越界：

# %% [markdown] tags=["en"]
# It claims to have 4 samples and goes on and on (without `islice` the loop would never end). So `__getitem__` has to mind the end itself:


# %%
class BetterSquares(Squares):
    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError(f"there are only {len(self)} samples")
        return index**2


print(list(BetterSquares()))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.3.2 · 每隔几个取一个（3 分）
#
# 数据集也可以套在另一个数据集外面。写类 `EveryNth`：`EveryNth(dataset, n)` 由 `dataset` 的第 0、n、2n、……个样本组成（n 至少是 1，`dataset` 至少有 1 个样本）。
#
# - `len(…)` 返回样本的个数（`int`）：除不尽时向上取整，因为第 0 个总在里面。
# - `[index]` 返回第 `index` 个样本，和 `dataset` 给出的一样。
# - `index` 超出末尾时抛出 `IndexError`，让 `for` 循环能停下来，哪怕 `dataset` 自己不抛。
# - 只读要的那个样本：创建对象和求长度时，一个样本也不读。
# - 负的索引不必支持。
#
# 例：`dataset` 有 5 个样本，`EveryNth(dataset, 2)` 的长度是 3，它的 `[1]` 是 `dataset[2]`。
#
# <details><summary>提示 1</summary><code>__init__</code> 只要记住两样东西。</details>
# <details><summary>提示 2</summary>新数据集的第 1 个样本，是原来的第几个？第 2 个呢？</details>
# <details><summary>提示 3</summary>向上取整可以用 <code>math.ceil</code>（先 <code>import math</code>），也可以数一数 <code>range</code> 里有几个数：它的第三个参数是步长。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.3.2 · Every n-th sample (3 points)
#
# A dataset can wrap another one. Write the class `EveryNth`: `EveryNth(dataset, n)` consists of the samples 0, n, 2n, … of `dataset` (n is at least 1, and `dataset` has at least 1 sample).
#
# - `len(…)` returns how many samples there are (an `int`): what does not divide evenly is rounded up, since sample 0 is always among them.
# - `[index]` returns sample number `index`, just as `dataset` gives it.
# - An `index` past the end raises `IndexError`, so that a `for` loop stops, even if `dataset` itself raises none.
# - Only the sample asked for is read: none when the object is made, none for the length.
# - Negative indices need not work.
#
# Example: if `dataset` has 5 samples, `EveryNth(dataset, 2)` has length 3, and its `[1]` is `dataset[2]`.
#
# <details><summary>Hint 1</summary><code>__init__</code> has two things to remember, and no more.</details>
# <details><summary>Hint 2</summary>Sample 1 of the new dataset is which one of the old? And sample 2?</details>
# <details><summary>Hint 3</summary><code>math.ceil</code> rounds up (<code>import math</code> first); or count the numbers in a <code>range</code>, whose third argument is the step.</details>


# %% nbgrader={"grade": false, "grade_id": "EveryNth", "locked": false, "schema_version": 3, "solution": true, "task": false}
class EveryNth(Dataset):
    """The samples 0, n, 2n, ... of another dataset."""

    def __init__(self, dataset: Dataset, n: int) -> None:
        ### BEGIN SOLUTION
        self.dataset = dataset
        self.n = n
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(range(0, len(self.dataset), self.n))
        ### END SOLUTION

    def __getitem__(self, index: int):
        """index -> the sample as `dataset` gives it; IndexError past the end"""
        ### BEGIN SOLUTION
        if index >= len(self):
            raise IndexError(index)
        return self.dataset[index * self.n]
        ### END SOLUTION


# %% tags=["exercise"]
letters = EveryNth(["a", "b", "c", "d", "e"], 2)
print(len(letters), letters[1])

# %% nbgrader={"grade": true, "grade_id": "EveryNth-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
from itertools import islice

import torch
from torch.utils.data import Dataset

from pytorch_learning import checks

with checks.exercise("EveryNth"):

    class Endless(Dataset):
        """`size` samples, but an index past the end gives a sample as well; notes what is read."""

        def __init__(self, size):
            self._size, self.read = size, []

        def __len__(self):
            return self._size

        def __getitem__(self, index):
            checks.true(
                not isinstance(index, slice),
                checks.say(
                    "数据集一次只取一个样本，不一定认切片 `[::n]`：自己算出位置",
                    "a dataset gives one sample at a time and need not know slices like `[::n]`: work out the position",
                ),
            )
            self.read.append(index)
            checks.true(
                len(self.read) < 500,
                checks.say(
                    "代码没完没了地读样本：这个数据集自己不抛 `IndexError`，用 `for` 走它停不下来，要用 `len(dataset)`",
                    "your code reads samples on and on: this dataset raises no `IndexError`, so a `for` over it never "
                    "stops; use `len(dataset)`",
                ),
            )
            return torch.full((1, 2), 10.0 * index), index

    def sample(index):
        return torch.full((1, 2), 10.0 * index), index

    def take(dataset, index):
        return dataset[index]

    def check(size, n):
        """EveryNth(dataset of this size, n) from beginning to end."""
        name = f"EveryNth(dataset, {n})"
        dataset = Endless(size)
        every = EveryNth(dataset, n)
        checks.true(
            isinstance(every, Dataset),
            checks.say(
                "`EveryNth` 要继承 `Dataset`：`class EveryNth(Dataset):`",
                "`EveryNth` must inherit from `Dataset`: `class EveryNth(Dataset):`",
            ),
        )
        wanted = [index for index in range(size) if index % n == 0]
        down = checks.say(
            "除不尽时要向上取整：第 0 个样本总在里面，`//` 是向下取整",
            "round up what does not divide evenly: sample 0 is always among them, and `//` rounds down",
        )
        whole = checks.say(
            "这是原来那个数据集的长度：只有每 n 个中的一个在里面",
            "that is the length of the other dataset: only one in n samples is in this one",
        )
        more = checks.say(
            "多算了一个：刚好除尽时没有余下的", "one too many: with nothing left over, don't add one"
        )
        try:
            length = every.__len__()
        except AttributeError as error:
            if not str(error).startswith("'EveryNth' object"):
                raise
            raise checks.CheckFailed(
                checks.say(
                    f"对象里没有这个属性（{error}）：以后还要用的东西，在 `__init__` 里存到 `self` 上，名字前后要一致",
                    f"the object lacks something ({error}): what you need later is put on `self` in `__init__`, under the "
                    "name by which you use it",
                )
            ) from error
        checks.equal(
            length,
            len(wanted),
            name=f"len({name}), len(dataset) = {size}",
            mistakes=[(size // n, down), (size, whole), (size // n + 1, more)],
        )
        checks.true(
            not dataset.read,
            checks.say(
                "创建对象或求长度时就读了样本：等到 `__getitem__` 再读，而且只读要的那个",
                "samples are read when the object is made or its length is asked: leave that to `__getitem__`, "
                "which reads the one asked for",
            ),
        )
        for position in reversed(range(len(wanted))):
            dataset.read.clear()
            index = wanted[position]
            try:
                found = every[position]
            except IndexError as error:
                raise checks.CheckFailed(
                    checks.say(
                        f"{name} 有 {len(wanted)} 个样本，第 {position} 个却抛出了 IndexError：`index` 和 `len(self)` 比，"
                        "样本从原来那个数据集取，不是从 `self` 取",
                        f"{name} has {len(wanted)} samples, yet number {position} raises IndexError: compare `index` with "
                        "`len(self)`, and take the sample from the other dataset, not from `self`",
                    )
                ) from error
            checks.equal(
                found,
                sample(index),
                name=f"{name}[{position}]",
                mistakes=[
                    (
                        index,
                        checks.say("这是样本的位置，不是样本", "that is a sample's position, not the sample"),
                    ),
                    (
                        sample(position),
                        checks.say(
                            "这是原来那个数据集的同一个位置：新的第 1 个是原来的第 n 个",
                            "that is the same place in the other dataset: number 1 here is number n there",
                        ),
                    ),
                    (
                        sample(position + n),
                        checks.say("位置要乘以 n，不是加 n", "multiply the position by n, don't add n"),
                    ),
                    (
                        sample(position // n),
                        checks.say("位置要乘以 n，不是除以 n", "multiply the position by n, don't divide"),
                    ),
                    (
                        sample((position + 1) * n),
                        checks.say(
                            "错开了一个：第 0 个样本也在里面，位置从 0 数起",
                            "one off: sample 0 belongs to it, positions count from 0",
                        ),
                    ),
                    (
                        sample((position + 1) * n - 1),
                        checks.say(
                            "要的是第 0、n、2n……个，不是每 n 个里的最后一个",
                            "wanted are the samples 0, n, 2n and so on, not the last of every n",
                        ),
                    ),
                    (
                        sample(index)[0],
                        checks.say("样本是一对，要整个返回", "a sample is a pair: return all of it"),
                    ),
                ],
            )
            checks.true(
                set(dataset.read) <= {index},
                checks.say(
                    f"要第 {position} 个样本，却读了 {len(dataset.read)} 次，读到了别的样本：只读要的那个",
                    f"sample {position} was asked for and {len(dataset.read)} were read: read only the one asked for",
                ),
            )
        dataset.read.clear()
        checks.true(
            len(list(islice(every, len(wanted) + 20))) == len(wanted),
            checks.say(
                "`for` 循环停不下来，或者停早了：`index` 等于或超过 `len(self)` 时，也只在这时，要抛出 `IndexError`",
                "a `for` loop does not stop, or stops early: raise `IndexError` when `index` is `len(self)` or more, "
                "and only then",
            ),
        )
        checks.raises(
            IndexError,
            take,
            every,
            len(wanted),
            hint=checks.say(
                "`index` 等于 `len(self)` 就已经超出末尾：`raise IndexError`",
                "an `index` equal to `len(self)` is past the end: `raise IndexError`",
            ),
        )

    check(10, 3)
    check(5, 2)
    check(6, 2)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        for size, n in [(1, 1), (1, 5), (7, 7), (8, 7), (13, 5), (6, 1), (20, 4)]:
            check(size, n)
        first, second = EveryNth(Endless(9), 2), EveryNth(Endless(4), 3)
        checks.true(
            [x.__len__() for x in (first, second)] == [5, 2],
            checks.say(
                "两个对象互相影响：要记住的东西放在 `self` 上，不要放在类或全局变量里",
                "two objects get in each other's way: keep things on `self`, not on the class or in a global variable",
            ),
        )
        nested = EveryNth(EveryNth(Endless(14), 2), 3)
        checks.equal(
            [index for _, index in islice(nested, 20)], [0, 6, 12], name="EveryNth(EveryNth(dataset, 2), 3)"
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 2.3.3 `__getitem__`
#
# `__getitem__` 取出第 `idx` 个样本：图片在哪个文件，打开它，查出标签，做变换，返回（图片，标签）。我们取 `idx = 3`，一步一步走一遍。

# %% [markdown] tags=["en"]
# ### 2.3.3 `__getitem__`
#
# `__getitem__` fetches sample `idx`: find the file of the picture, open it, look up the label, transform, and return (picture, label). Let us take `idx = 3` and do it step by step.

# %%
idx = 3
img_path = os.path.join(files.img_dir, files.img_labels.iloc[idx, 0])
print(os.path.basename(img_path))

with Image.open(img_path) as picture:
    image = picture.convert("L")
print(image.size, image.mode)

# %% [markdown] tags=["zh"]
# `os.path.join` 用当前系统的分隔符把文件夹和文件名接起来，`str` 和 `Path` 都认。
#
# **第三处改动**：原文用 `torchvision.io.read_image` 读图片。从 torchvision 0.29 起，它和所有读写图片文件的功能都已被弃用（deprecated），以后会删掉¹。Pillow 的 `Image.open` 正是 torchvision 自己的数据集所用的；得到的也是同一种 Pillow 图片，于是同一个 `transform` 对两边都适用。没有 `transform` 时，我们的类返回的就是 Pillow 图片。
#
# - `Image.open` 只读文件开头，像素等到用的时候才读。所以要**在 `with` 里面**读完像素：`convert("L")` 就会读，出了 `with`，文件已经关上了。
# - `"L"` 是 8 位灰度；彩色图片用 `convert("RGB")`，得到三个通道。
# - Pillow 的 `size` 是（**宽**，高），和张量的（高，宽）相反。
#
# <small>¹ torchvision 建议改用另一个库 TorchCodec，它也能读视频和声音。只是读图片文件，Pillow 就够了，而且装 torchvision 时它已经一起装好。</small>

# %% [markdown] tags=["en"]
# `os.path.join` joins folder and file name as the system at hand does it, and takes a `str` as well as a `Path`.
#
# **The third change**: the original document reads the picture with `torchvision.io.read_image`. Since torchvision 0.29, this and all else in it that reads or writes picture files is deprecated, that is, going to be removed¹. Pillow's `Image.open` is what torchvision's own datasets use; since it gives the same kind of picture, one `transform` fits both. Without a `transform`, our class returns just this Pillow picture.
#
# - `Image.open` reads the beginning of the file only, and the pixels when they are needed. So get the pixels **inside the `with`**: `convert("L")` does; afterwards the file is closed.
# - `"L"` is grey with 8 bits; for colour it is `convert("RGB")`, with three channels.
# - Pillow's `size` is (**width**, height), the reverse of a tensor's (height, width).
#
# <small>¹ torchvision recommends another library, TorchCodec, which reads video and sound as well. For picture files Pillow is enough, and it comes along when torchvision is installed.</small>

# %%
print(PILToTensor()(image).shape, PILToTensor()(image).dtype)
print(ToTensor()(image).shape, ToTensor()(image).dtype)

# %% [markdown] tags=["zh"]
# **第四处改动**是标签外面的 `int(…)`。`iloc` 给出的是 NumPy 的整数：

# %% [markdown] tags=["en"]
# **The fourth change** is the `int(…)` around the label. What `iloc` gives is NumPy's kind of integer:

# %%
label = files.img_labels.iloc[idx, 1]
print(type(label))
print(type(int(label)))

# %% [markdown] tags=["zh"]
# 两者用起来很像，但不是一种类型，例如 `json.dumps` 就不认 NumPy 的整数。torchvision 的数据集给的是 `int`，我们也给 `int`。
#
# 最后，如果有变换就做变换：一个对图片，一个对标签。变换是任何可以调用的东西，连普通函数也行：

# %% [markdown] tags=["en"]
# The two behave alike but are not the same type: `json.dumps`, for one, refuses NumPy's integers. torchvision's datasets give an `int`, and so do we.
#
# Last come the transforms, if there are any: one for the picture, one for the label. A transform is anything that can be called, an ordinary function for example:


# %%
def is_shoe(label):
    return label in (5, 7, 9)


shoes = CustomImageDataset(annotations_file, img_dir, transform=PILToTensor(), target_transform=is_shoe)
image, label = shoes[0]
print(image.dtype, type(label))

# %% [markdown] tags=["zh"]
# 图片到了 `__getitem__` 才打开，这叫**惰性**（lazy）：不取就不读。越界的索引会抛出 `IndexError`（来自 `iloc`），`for` 因此能停下。

# %% [markdown] tags=["en"]
# A picture is opened in `__getitem__` and not earlier, which is called **lazy**: what nobody asks for is not read. An index past the end raises an `IndexError` (it comes from `iloc`), and so a `for` loop ends.

# %%
try:
    files[30]
except IndexError as error:
    print(type(error).__name__)

# %% [markdown] tags=["zh"]
# 标签表里也常常写着类别的**名称**，而不是数。这时数据集要自己编号：把出现过的名称去掉重复、排好序，就是 `classes`；名称在 `classes` 里的位置就是标签。排序使编号固定下来，不会这次 Bag 是 0、下次是 1。torchvision 的 `datasets.ImageFolder` 就是这样做的，它的名称是文件夹的名字。

# %% [markdown] tags=["en"]
# A table of labels often holds the **names** of the classes, and no numbers. Then the dataset has to number them: drop the duplicates from the names and sort the rest, and you have `classes`; a name's position in `classes` is its label. Sorting settles the numbers, so that Bag is not 0 today and 1 tomorrow. torchvision's `datasets.ImageFolder` does just that; its names are those of folders.

# %%
names = ["Dress", "Bag", "Dress", "Coat"]
classes = sorted(set(names))
print(classes)
print(classes.index("Dress"))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.3.3a · 服装文件（4 分）
#
# 写类 `GarmentFiles`：标签是名称的图片文件夹。
#
# `GarmentFiles(annotations_file, img_dir, transform=None, target_transform=None)` 的参数和上面一样，两个路径可能是 `str`，也可能是 `Path`。CSV 没有标题行，UTF-8 编码，每行是文件名、逗号、类别名称，逗号后面可能有空格；文件名和名称里可能有空格和中文，但没有逗号和引号。
#
# - 属性 `classes`：一个列表，出现过的所有名称，不重复，用 `sorted` 排序。
# - `len(…)`：表里有多少行。
# - `[index]`：元组 `(图片, 标签)`，按表里的次序；超出末尾时抛出 `IndexError`。
# - 图片是灰度 PNG，大小不一。有 `transform` 时，把 `"L"` 模式的 **Pillow 图片**交给它，返回它的结果；没有时，返回形状 `(1, h, w)` 的 `uint8` 张量。
# - 标签是名称在 `classes` 里的位置（Python 的 `int`）；有 `target_transform` 时，把这个 `int` 交给它，返回它的结果。
# - 惰性：创建对象和求长度时不打开任何图片，那时图片可以还不存在；取一个样本只打开它自己的文件。
#
# 例：表里的两行是 `a.png, Coat` 和 `b.png, Bag`，`classes` 就是 `['Bag', 'Coat']`，第 0 个样本的标签是 1。
#
# <details><summary>提示 1</summary>以上面的 <code>CustomImageDataset</code> 为基础：哪些行可以照旧，哪些要改？</details>
# <details><summary>提示 2</summary>名称前面的空格要去掉，否则 <code>" Bag"</code> 和 <code>"Bag"</code> 成了两类。<code>classes</code> 在 <code>__init__</code> 里算一次就够了。</details>
# <details><summary>提示 3</summary>没有 <code>transform</code> 时，<code>PILToTensor()</code> 给出的正是要的张量；不要在 <code>transform</code> 之前用它。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.3.3a · Garment files (4 points)
#
# Write the class `GarmentFiles`: a folder of pictures whose labels are names.
#
# `GarmentFiles(annotations_file, img_dir, transform=None, target_transform=None)` has the parameters from above; both paths may be a `str` or a `Path`. The CSV has no headings, is UTF-8, and each line is a file name, a comma and the name of a class; spaces may follow the comma. File names and class names may hold spaces and Chinese characters, but no commas or quotes.
#
# - The attribute `classes`: a list of all names that occur, each once, ordered by `sorted`.
# - `len(…)`: how many lines the table has.
# - `[index]`: a tuple `(picture, label)`, in the order of the table; `IndexError` past the end.
# - The pictures are grey PNG files of various sizes. With a `transform`, hand it the **Pillow picture** in mode `"L"` and return its result; without, return a `uint8` tensor of shape `(1, h, w)`.
# - The label is the name's position in `classes` (Python's `int`); with a `target_transform`, hand it this `int` and return its result.
# - Lazy: making the object and asking its length open no picture, and none need exist by then; a sample opens its own file only.
#
# Example: with the lines `a.png, Coat` and `b.png, Bag`, `classes` is `['Bag', 'Coat']` and the label of sample 0 is 1.
#
# <details><summary>Hint 1</summary>Start from <code>CustomImageDataset</code> above: which lines can stay, and which have to change?</details>
# <details><summary>Hint 2</summary>The space before a name has to go, else <code>" Bag"</code> and <code>"Bag"</code> are two classes. It is enough to work out <code>classes</code> once, in <code>__init__</code>.</details>
# <details><summary>Hint 3</summary>Where there is no <code>transform</code>, <code>PILToTensor()</code> gives just the tensor wanted; don't use it ahead of a <code>transform</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "GarmentFiles", "locked": false, "schema_version": 3, "solution": true, "task": false}
class GarmentFiles(Dataset):
    """Pictures in a folder, with the names of their classes in a CSV file without headings."""

    def __init__(
        self, annotations_file: str | Path, img_dir: str | Path, transform=None, target_transform=None
    ) -> None:
        ### BEGIN SOLUTION
        table = pd.read_csv(annotations_file, header=None, skipinitialspace=True)
        self.files, self.names = table[0].tolist(), table[1].tolist()
        self.classes = sorted(set(self.names))
        self.folder = Path(img_dir)
        self.change_picture = PILToTensor() if transform is None else transform
        self.change_label = target_transform
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.files)
        ### END SOLUTION

    def __getitem__(self, index: int) -> tuple:
        """index -> (picture, label); without a transform the picture is uint8 (1, h, w)"""
        ### BEGIN SOLUTION
        number = self.classes.index(self.names[index])
        if self.change_label is not None:
            number = self.change_label(number)
        with Image.open(self.folder / self.files[index]) as file:
            grey = file.convert("L")
        return self.change_picture(grey), number
        ### END SOLUTION


# %% tags=["exercise"]
named_file = Path(folder.name) / "names.csv"
named_file.write_text("garment00.png, Coat\ngarment01.png, Bag\n", encoding="utf-8")
garments = GarmentFiles(named_file, img_dir)
print(garments.classes, len(garments), garments[0][0].shape, garments[0][1])

# %% nbgrader={"grade": true, "grade_id": "GarmentFiles-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import tempfile
from itertools import islice, permutations
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from PIL import Image
from torch.utils.data import Dataset

from pytorch_learning import checks

with checks.exercise("GarmentFiles"):
    not_lazy = checks.say(
        "这时图片文件还不存在：`__init__` 和 `__len__` 里不要打开图片，留给 `__getitem__`",
        "no picture file exists at this point: don't open pictures in `__init__` or `__len__`, leave it to `__getitem__`",
    )
    closed = checks.say(
        '文件已经关上，读不到像素了：在 `with` 里面就要 `convert("L")`（或 `load()`）',
        'the file is closed and its pixels can\'t be read any more: call `convert("L")` (or `load()`) inside the `with`',
    )

    def attempt(function, *arguments, missing, **named):
        """What the call returns; errors that files and paths lead to become a sentence."""
        try:
            return function(*arguments, **named)
        except (checks.CheckFailed, NotImplementedError):
            raise
        except AssertionError as error:
            if str(error):
                raise
            raise checks.CheckFailed(closed) from error
        except UnicodeError as error:
            raise checks.CheckFailed(
                checks.say(
                    '文件不能这样解码：打开时写明 `encoding="utf-8"`',
                    'the file can\'t be decoded like that: open it with `encoding="utf-8"`',
                )
            ) from error
        except AttributeError as error:
            if not str(error).startswith("'GarmentFiles' object"):
                raise
            raise checks.CheckFailed(
                checks.say(
                    f"对象里没有这个属性（{error}）：以后还要用的东西，在 `__init__` 里存到 `self` 上，名字前后要一致",
                    f"the object lacks something ({error}): what you need later is put on `self` in `__init__`, under the "
                    "name by which you use it",
                )
            ) from error
        except (OSError, RuntimeError, ValueError) as error:
            checks.true(
                "invalid literal for int()" not in str(error),
                checks.say(
                    f"这里的标签是名称，不能用 `int(…)`（{error}）：查它在 `classes` 里的位置，例如用列表的 `index`",
                    f"the labels are names here, so `int(…)` can't be used ({error}): look up the position in `classes`, "
                    "by a list's `index` for one",
                ),
            )
            if "closed" in str(error):
                raise checks.CheckFailed(closed) from error
            if "No such file" not in str(error) or ".png" not in str(error):
                raise
            raise checks.CheckFailed(missing(str(error))) from error
        except TypeError as error:
            if "'NoneType' object is not callable" in str(error):
                raise checks.CheckFailed(
                    checks.say(
                        "`transform` 和 `target_transform` 可能是 None：调用之前先看有没有",
                        "`transform` and `target_transform` may be None: look whether there is one before you call it",
                    )
                ) from error
            if "Path" not in str(error) and "for /" not in str(error):
                raise
            raise checks.CheckFailed(
                checks.say(
                    f"路径可能是 `str`，也可能是 `Path`（{error}）：`os.path.join` 和 `Path(img_dir) / name` 两种都认",
                    f"a path may be a `str` or a `Path` ({error}): `os.path.join` and `Path(img_dir) / name` take both",
                )
            ) from error

    def missing_file(text):
        if "garments-" in text:
            return checks.say(
                "这是正文里的文件夹：要用交给 `__init__` 的那个，存到 `self` 上，取样本时写 `self.…`",
                "that is the lesson's folder: use the one passed to `__init__`, put on `self` and read from there",
            )
        if "图 片" not in text:
            return checks.say(
                "只有文件名，没有文件夹：和 `img_dir` 接起来",
                "the file name alone has no folder: join it with `img_dir`",
            )
        return checks.say(
            "打开了一个不存在的文件：取一个样本只打开它自己的文件，名字是表里那一行的第一项，不多也不少",
            "it opens a file that is not there: a sample opens its own file only, and its name is what its line in the "
            "table begins with, no more and no less",
        )

    def is_whole(x):
        return isinstance(x, int) and not isinstance(x, bool)

    class Transform:
        """Notes what it gets and gives back something else."""

        def __init__(self):
            self.calls = 0

        def __call__(self, picture):
            self.calls += 1
            got = type(picture).__name__
            checks.true(
                isinstance(picture, Image.Image),
                checks.say(
                    f"`transform` 应当收到 Pillow 图片，现在收到的是 {got}：没有 `transform` 时才由你转成张量",
                    f"`transform` should get the Pillow picture, it gets a {got}: make a tensor only if there is no "
                    "`transform`",
                ),
            )
            checks.true(
                picture.mode == "L",
                checks.say(
                    f'`transform` 应当收到灰度图（模式 `L`），现在的模式是 `{picture.mode}`：用 `convert("L")`',
                    f'`transform` should get a grey picture (mode `L`), its mode is `{picture.mode}`: use `convert("L")`',
                ),
            )
            return attempt(self.changed, picture, missing=missing_file)

        @staticmethod
        def changed(picture):
            return torch.from_numpy(np.array(picture)).double() + 0.5

    class TargetTransform:
        """Notes what it gets and gives back something else."""

        def __init__(self):
            self.calls = 0

        def __call__(self, label):
            self.calls += 1
            got = type(label).__name__
            checks.true(
                is_whole(label),
                checks.say(
                    f"`target_transform` 应当收到标签（Python 的 `int`），现在收到的是 {got}：名称要换成它在 `classes` 里的位置",
                    f"`target_transform` should get the label (Python's `int`), it gets a {got}: a name becomes its "
                    "position in `classes`",
                ),
            )
            return f"class {label}"

    def check_label(label, wanted, names, index, name):
        """The label is the position of its name in `classes`, a Python int."""
        classes = sorted(set(names))
        order = list(dict.fromkeys(names))
        of_numpy = checks.say(
            "这是 NumPy 或 pandas 的整数，不是 Python 的：再套一个 `int(…)`",
            "that is an integer of NumPy or pandas, not Python's: put `int(…)` around it",
        )
        is_name = checks.say(
            "这是名称，标签要的是它在 `classes` 里的位置",
            "that is the name; the label is its position in `classes`",
        )
        unsorted = checks.say(
            "这是名称第一次出现的次序：标签是它在排好序的 `classes` 里的位置",
            "that goes by the order in which names occur: the label is the position in the sorted `classes`",
        )
        shifted = checks.say("差了一位：位置从 0 数起", "one off: positions count from 0")
        mistakes = [(kind(wanted), of_numpy) for kind in (np.int64, np.int32, np.int16, np.int8)]
        mistakes += [
            (classes[wanted], is_name),
            (f" {classes[wanted]}", is_name),
            (order.index(classes[wanted]), unsorted),
            (wanted + 1, shifted),
        ]
        checks.equal(label, wanted, name=name, mistakes=mistakes)

    def check(rows, sizes, space=" ", path=Path, end="\n"):
        """A table with these rows and pictures of these sizes, from the empty folder to the last sample."""
        with tempfile.TemporaryDirectory(prefix="课程 data ", ignore_cleanup_errors=True) as folder:
            annotations, pictures = Path(folder) / "标签 1.csv", Path(folder) / "图 片"
            pictures.mkdir()
            text = "\n".join(f"{file},{space}{name}" for file, name in rows) + end
            annotations.write_text(text, encoding="utf-8", newline="\n")
            paths = path(annotations), path(pictures)
            pixels = [torch.randint(0, 256, size, dtype=torch.uint8) for size in sizes]
            names = [name for _, name in rows]
            classes = sorted(set(names))
            labels = [classes.index(name) for name in names]

            dataset = attempt(GarmentFiles, *paths, missing=lambda text: not_lazy)
            checks.true(
                isinstance(dataset, Dataset),
                checks.say(
                    "`GarmentFiles` 要继承 `Dataset`：`class GarmentFiles(Dataset):`",
                    "`GarmentFiles` must inherit from `Dataset`: `class GarmentFiles(Dataset):`",
                ),
            )
            headings = checks.say(
                "少了一个样本：第一行也是样本，pandas 要写 `header=None`",
                "one sample is missing: the first line is a sample too, pandas wants `header=None`",
            )
            listed = checks.say(
                "样本的个数由标签表决定，不要去数文件夹里的文件",
                "the table says how many samples there are, don't count the files in the folder",
            )
            kinds = checks.say(
                "这是类别的个数，要的是样本的个数",
                "that is the number of classes; how many samples is wanted",
            )
            checks.equal(
                attempt(dataset.__len__, missing=lambda text: not_lazy),
                len(rows),
                name="len(GarmentFiles(…))",
                mistakes=[(len(rows) - 1, headings), (0, listed), (len(classes), kinds)],
            )
            checks.true(
                hasattr(dataset, "classes"),
                checks.say(
                    "没有属性 `classes`：在 `__init__` 里写 `self.classes = …`",
                    "there is no attribute `classes`: write `self.classes = …` in `__init__`",
                ),
            )
            spaces = checks.say(
                "名称前后的空格和换行不是名称的一部分：用 `skipinitialspace=True` 或 `strip()`",
                "spaces and newlines around a name don't belong to it: use `skipinitialspace=True` or `strip()`",
            )
            twice = checks.say(
                "每个名称只要一次：先去掉重复，例如用 `set`",
                "each name should be there once: drop the duplicates, with `set` for one",
            )
            plain_list = checks.say(
                "`sorted(…)` 总是给出列表，`unique()` 不是",
                "`sorted(…)` always gives a list, `unique()` does not",
            )
            no_order = checks.say("名称要用 `sorted` 排序", "the names should be ordered by `sorted`")
            checks.true(not hasattr(dataset.classes, "dtype"), plain_list)
            raw_names = [f"{space}{name}" for name in names]
            ended = [f"{name}\n" for name in names[:-1]] + [names[-1] + end]
            space_and_end = [f"{space}{name}" for name in ended]
            checks.equal(
                dataset.classes,
                classes,
                name="GarmentFiles(…).classes",
                mistakes=[
                    *[(sorted(set(wrong)), spaces) for wrong in (raw_names, ended, space_and_end)],
                    *[(list(order), no_order) for order in islice(permutations(classes), 120)],
                    (names, twice),
                    (sorted(names), twice),
                    (sorted(set(names[1:])), headings),
                    (
                        list(range(len(classes))),
                        checks.say("`classes` 装着名称，不是数", "`classes` holds the names, not numbers"),
                    ),
                    (
                        {name: i for i, name in enumerate(classes)},
                        checks.say("`classes` 是列表，不是字典", "`classes` is a list, not a dictionary"),
                    ),
                    (
                        set(classes),
                        checks.say(
                            "集合没有次序：用 `sorted` 变成列表", "a set has no order: `sorted` makes a list"
                        ),
                    ),
                ],
            )
            # The files come one by one, the last first, so that a sample can need no other.
            for index in reversed(range(len(rows))):
                Image.fromarray(pixels[index].numpy()).save(pictures / rows[index][0])
                item = attempt(dataset.__getitem__, index, missing=missing_file)
                name = f"GarmentFiles(…)[{index}]"
                checks.true(
                    isinstance(item, tuple) and len(item) == 2,
                    checks.say(
                        f"样本应当是一对 (图片, 标签)，得到的是 {type(item).__name__}：`return` 后面要写两样",
                        f"a sample should be a pair (picture, label), this is a {type(item).__name__}: `return` both",
                    ),
                )
                image, label = item
                checks.true(
                    not isinstance(image, Image.Image),
                    checks.say(
                        "没有 `transform` 时，图片应当是张量：`PILToTensor()` 可以转换",
                        "without a `transform` the picture should be a tensor: `PILToTensor()` makes one",
                    ),
                )
                no_channel = checks.say(
                    "少了通道那个轴：形状应当是 (1, h, w)",
                    "the axis of the channel is missing: the shape is (1, h, w)",
                )
                scaled = checks.say(
                    "没有 `transform` 时像素不变：0 到 255 的 `uint8`，不用 `ToTensor`",
                    "without a `transform` the pixels stay as they are, `uint8` from 0 to 255: don't use `ToTensor`",
                )
                coloured = checks.say(
                    '灰度图只有一个通道：`convert("L")`', 'a grey picture has one channel: `convert("L")`'
                )
                wide = checks.say(
                    "高和宽对调了：Pillow 的 `size` 是 (宽, 高)",
                    "height and width are swapped: Pillow's `size` is (width, height)",
                )
                x = pixels[index][None]
                checks.equal(
                    image,
                    x,
                    name=f"{name}[0]",
                    mistakes=[
                        (
                            labels[index],
                            checks.say("先图片，后标签", "the picture comes first, then the label"),
                        ),
                        (x[0], no_channel),
                        (x.float(), scaled),
                        (x / 255, scaled),
                        (x[0] / 255, scaled),
                        (x.expand(3, -1, -1), coloured),
                        (x[0, ..., None].expand(-1, -1, 3), coloured),
                        (x.mT, wide),
                        (x.reshape(x.mT.shape), wide),
                    ],
                )
                check_label(label, labels[index], names, index, f"{name}[1]")

            transform, target_transform = Transform(), TargetTransform()
            dataset = GarmentFiles(*paths, transform=transform, target_transform=target_transform)
            for index in range(len(rows)):
                calls = transform.calls, target_transform.calls
                item = attempt(dataset.__getitem__, index, missing=missing_file)
                new = transform.calls - calls[0], target_transform.calls - calls[1]
                for called, which in zip(new, ("transform", "target_transform"), strict=True):
                    checks.true(
                        called > 0,
                        checks.say(
                            f"没有调用 `{which}`：有它的时候，每个样本都要经过它",
                            f"`{which}` was not called: where there is one, every sample goes through it",
                        ),
                    )
                    checks.true(
                        called == 1,
                        checks.say(
                            f"`{which}` 被调用了 {called} 次：每个样本只能一次",
                            f"`{which}` was called {called} times: it should be once a sample",
                        ),
                    )
                unused = checks.say(
                    "`transform` 的结果没有用上：写成 `image = self.transform(image)`",
                    "the result of `transform` is not used: write `image = self.transform(image)`",
                )
                checks.true(not isinstance(item[0], Image.Image), unused)
                x = pixels[index]
                checks.equal(
                    item[0],
                    x.double() + 0.5,
                    name=f"GarmentFiles(…, transform=…)[{index}][0]",
                    mistakes=[
                        (x, unused),
                        (x[None], unused),
                        (
                            (x.double() + 0.5)[None],
                            checks.say(
                                "`transform` 的结果要原样返回", "return the result of `transform` as it is"
                            ),
                        ),
                    ],
                )
                checks.equal(
                    item[1],
                    f"class {labels[index]}",
                    name=f"GarmentFiles(…, target_transform=…)[{index}][1]",
                    mistakes=[
                        (
                            labels[index],
                            checks.say(
                                "`target_transform` 的结果没有用上：写成 `label = self.target_transform(label)`",
                                "the result of `target_transform` is not used: write `label = self.target_transform(label)`",
                            ),
                        )
                    ],
                )
            only_picture = attempt(
                GarmentFiles(*paths, transform=Transform()).__getitem__, 0, missing=missing_file
            )
            check_label(only_picture[1], labels[0], names, 0, "GarmentFiles(…, transform=…)[0][1]")
            only_label = attempt(
                GarmentFiles(*paths, target_transform=TargetTransform()).__getitem__, 0, missing=missing_file
            )
            checks.dtype(only_label[0], torch.uint8, name="GarmentFiles(…, target_transform=…)[0][0]")

            def take(dataset, index):
                return dataset[index]

            dataset = GarmentFiles(*paths)
            past_the_end = checks.say(
                "索引超出末尾时要抛出 `IndexError`，`for` 循环才会停",
                "an index past the end raises `IndexError`, so that a `for` loop stops",
            )
            checks.raises(IndexError, take, dataset, len(rows), hint=past_the_end)
            checks.true(len(list(islice(dataset, len(rows) + 9))) == len(rows), past_the_end)

    check(
        [
            ("trousers 7.png", "Trouser"),
            ("bag.png", "Bag"),
            ("包 2.png", "Bag"),
            ("ankle boot.png", "Ankle boot"),
            ("a.png", "Trouser"),
        ],
        [(4, 6), (3, 3), (5, 2), (1, 4), (2, 2)],
    )
    check([("b.png", "Coat"), ("a.png", "Bag")], [(2, 3), (3, 2)], space="", path=str, end="")
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check([("only one.png", "连衣裙")], [(1, 1)], space="  ", path=str)
        check(
            [
                (f"{i * 7 % 10}.b.png", ["包", "Shirt", "T-shirt/top", "coat", "Zip"][i % 5])
                for i in range(10)
            ],
            [(2 + i % 3, 5 - i % 4) for i in range(10)],
            end="",
        )
        with tempfile.TemporaryDirectory(prefix="课程 data ", ignore_cleanup_errors=True) as elsewhere:
            tables = [Path(elsewhere) / "a.csv", Path(elsewhere) / "b.csv"]
            tables[0].write_text("a.png,Bag\nb.png,Coat\n", encoding="utf-8")
            tables[1].write_text("c.png,Shirt\n", encoding="utf-8")
            both = [GarmentFiles(table, elsewhere) for table in tables]
            checks.true(
                [dataset.__len__() for dataset in both] == [2, 1]
                and [dataset.classes for dataset in both] == [["Bag", "Coat"], ["Shirt"]],
                checks.say(
                    "两个对象互相影响：要记住的东西放在 `self` 上，不要放在类或全局变量里",
                    "two objects get in each other's way: keep things on `self`, not on the class or in a global variable",
                ),
            )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 要不要缓存
#
# 惰性有代价：训练时要把数据走很多遍，每走一遍，每个文件都要重新打开、解码。读过一次就留在内存里，下次直接用，叫做**缓存**（cache）。这是拿内存换时间：
#
# - Fashion-MNIST 的 60,000 张图片，每张 28 × 28 个字节，一共 47 MB：全放进内存毫无问题，torchvision 也是这么做的。
# - 120 万张 224×224 的彩色图片，每张 224 × 224 × 3 个字节，一共约 180 GB：放不下。
#
# 所以值得缓存的条件是：数据会用很多遍，读起来慢，而且装得下。缓存的是变换**之前**的图片：变换里如果有随机的成分（第 3 节），每一遍都应该不一样。
#
# 缓存常用字典来写：有就直接用，没有才去算，算完记下来。

# %% [markdown] tags=["en"]
# ### To cache or not to cache
#
# Being lazy has its price: training goes through the data many times, and each time every file is opened and decoded anew. Keeping what was read in memory and using it next time is called a **cache**. It trades memory for time:
#
# - The 60,000 pictures of Fashion-MNIST with 28 × 28 bytes each are 47 MB: they fit into memory easily, and that is where torchvision keeps them.
# - 1.2 million colour pictures of 224×224 pixels with 224 × 224 × 3 bytes each are about 180 GB: they don't fit.
#
# So a cache is worth it if the data is used many times, is slow to read, and fits. What is cached is the picture **before** the transform: if there is something random in the transform (section 3), it should come out differently each time.
#
# A cache is often a dictionary: use what is there; if it is not, work it out and note it down.


# %%
def slow_square(x):
    print("computing", x)
    return x * x


known = {}
for x in (3, 5, 3):
    if x not in known:
        known[x] = slow_square(x)
    print(known[x])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.3.3b · 读过的不再读（3 分）
#
# 写类 `CachedFiles`：`CachedFiles(paths, labels, read)`，`paths` 是文件路径的列表，`labels` 是同样长的标签列表，`read` 是一个函数：`read(path)` 读出一张图片。
#
# - `len(…)`：样本的个数。
# - `[index]`：元组 `(图片, 标签)`，图片是 `read(paths[index])` 的结果；超出末尾时抛出 `IndexError`。
# - 每个文件第一次用到时才读，以后**再也不读**。创建对象和求长度时什么也不读。
# - 同一个路径可能在 `paths` 里出现几次（标签可以不同）：这个文件也只读一次。
# - 每个对象有自己的缓存；不要改动 `paths` 和 `labels`。文件可能有几百个，都要留住。
#
# 例：`c = CachedFiles(["a.png", "b.png"], [3, 5], read)` 之后取两次 `c[1]`，`read` 只被调用一次，参数是 `"b.png"`。
#
# <details><summary>提示 1</summary>缓存放在哪里，才能从这一次 <code>__getitem__</code> 留到下一次？</details>
# <details><summary>提示 2</summary>上面的字典例子里，什么是键？这里呢？同一个文件在两个位置上时，用位置作键行不行？</details>
# <details><summary>提示 3</summary><code>__init__</code> 里造一个空字典放在 <code>self</code> 上，<code>__getitem__</code> 先看键在不在里面。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.3.3b · Never read twice (3 points)
#
# Write the class `CachedFiles`: in `CachedFiles(paths, labels, read)`, `paths` is a list of file paths, `labels` a list of labels of the same length, and `read` a function: `read(path)` reads a picture.
#
# - `len(…)`: how many samples there are.
# - `[index]`: a tuple `(picture, label)`; the picture is what `read(paths[index])` returned. `IndexError` past the end.
# - A file is read when it is first needed, and **never again**. Making the object and asking its length read nothing.
# - A path may stand in `paths` several times (with other labels, perhaps): that file, too, is read only once.
# - Every object has a cache of its own; leave `paths` and `labels` as they are. There may be hundreds of files, and all are kept.
#
# Example: after `c = CachedFiles(["a.png", "b.png"], [3, 5], read)`, taking `c[1]` twice calls `read` once, with `"b.png"`.
#
# <details><summary>Hint 1</summary>Where does the cache have to live to last from one <code>__getitem__</code> to the next?</details>
# <details><summary>Hint 2</summary>What is the key in the dictionary above, and what is it here? If a file stands at two positions, can the position be the key?</details>
# <details><summary>Hint 3</summary>Make an empty dictionary in <code>__init__</code>, on <code>self</code>; <code>__getitem__</code> looks first whether the key is in it.</details>


# %% nbgrader={"grade": false, "grade_id": "CachedFiles", "locked": false, "schema_version": 3, "solution": true, "task": false}
class CachedFiles(Dataset):
    """Pictures that are read when first needed, and then kept."""

    def __init__(self, paths: list, labels: list[int], read) -> None:
        ### BEGIN SOLUTION
        self.paths = paths
        self.labels = labels
        self.read = read
        self.cache = {}
        ### END SOLUTION

    def __len__(self) -> int:
        ### BEGIN SOLUTION
        return len(self.paths)
        ### END SOLUTION

    def __getitem__(self, index: int) -> tuple:
        """index -> (picture, label)"""
        ### BEGIN SOLUTION
        path = self.paths[index]
        if path not in self.cache:
            self.cache[path] = self.read(path)
        return self.cache[path], self.labels[index]
        ### END SOLUTION


# %% tags=["exercise"]
def read(path):
    print("reading", path)
    return torch.zeros(1, 2, 2)


cached = CachedFiles(["a.png", "b.png"], [3, 5], read)
print(cached[1][1], cached[1][1])

# %% nbgrader={"grade": true, "grade_id": "CachedFiles-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import uuid
from itertools import islice
from pathlib import Path

import torch
from torch.utils.data import Dataset

from pytorch_learning import checks

with checks.exercise("CachedFiles"):

    class Reader:
        """`read(path)` for the answer: a new picture at every call, and a note of what was read."""

        def __init__(self, paths, offset=0):
            self._numbers = {path: number for number, path in enumerate(dict.fromkeys(paths))}
            self._offset, self.read = offset, []

        def picture(self, path):
            return torch.full((1, 2, 2), float(self._numbers[path] + self._offset))

        def __call__(self, path):
            checks.true(
                isinstance(path, (str, Path)) and path in self._numbers,
                checks.say(
                    "`read` 要的是 `paths` 里的一个路径，原样给它",
                    "`read` wants one of the `paths`, just as it is there",
                ),
            )
            self.read.append(path)
            return self.picture(path)

    def take(dataset, index):
        return dataset[index]

    early = checks.say(
        "创建对象或求长度时就读了文件：等到 `__getitem__` 要用时再读",
        "files are read when the object is made or its length is asked: wait until `__getitem__` needs one",
    )
    others = checks.say(
        "读了没有要的文件：只读要的那一个", "files were read that nobody asked for: read that one only"
    )
    never = checks.say(
        "没有调用 `read`：图片要由它读出来，不要自己打开文件",
        "`read` was not called: it is what reads a picture, so don't open the file yourself",
    )
    again = checks.say(
        "同一个位置又读了一遍文件：第一次读到的要留在 `self` 的缓存里，下次先查缓存",
        "the same position made it read the file again: keep what was read in a cache on `self`, and look there first",
    )
    by_position = checks.say(
        "同一个文件在另一个位置上又读了一遍：用路径作键，不要用位置",
        "the same file was read again at another position: let the path be the key, not the position",
    )
    forgotten = checks.say(
        "文件一多，早先读过的就丢了，又要重读：缓存不能有上限（`lru_cache` 默认只留 128 个）",
        "with many files, what was read early is dropped and read again: the cache needs to be without limit "
        "(`lru_cache` keeps 128 unless told)",
    )
    black = checks.say(
        "图片没有真假（全黑的图片会被当成没有）：要看的是键在不在缓存里",
        "a picture is neither true nor false (a black one would count as missing): look whether the key is in the cache",
    )
    shared = checks.say(
        "两个对象共用了一个缓存：缓存要在 `__init__` 里放到 `self` 上，不要放在类、全局变量或默认参数里",
        "two objects share one cache: make it in `__init__` on `self`, not on the class, in a global variable or in a "
        "default argument",
    )
    by_path = checks.say(
        "标签要按位置从 `labels` 里取：同一个文件可以有不同的标签，缓存里只放图片",
        "take the label from `labels` by its position: a file may come with different labels, so cache pictures only",
    )
    past_the_end = checks.say(
        "索引超出末尾时要抛出 `IndexError`，`for` 循环才会停",
        "an index past the end raises `IndexError`, so that a `for` loop stops",
    )

    def check_item(dataset, index, reader, paths, labels):
        """The sample is (picture, label)."""
        try:
            item = dataset[index]
        except OSError as error:
            raise checks.CheckFailed(never) from error
        except RuntimeError as error:
            if "Boolean value" not in str(error):
                raise
            raise checks.CheckFailed(black) from error
        name = f"CachedFiles(…)[{index}]"
        picture = reader.picture(paths[index])
        checks.true(
            isinstance(item, tuple) and len(item) == 2,
            checks.say(
                f"样本应当是一对 (图片, 标签)，得到的是 {type(item).__name__}：`return` 后面要写两样",
                f"a sample should be a pair (picture, label), this is a {type(item).__name__}: `return` both",
            ),
        )
        other_labels = [label for path, label in zip(paths, labels) if path == paths[index]]
        checks.equal(
            item,
            (picture, labels[index]),
            name=name,
            mistakes=[
                (
                    (labels[index], picture),
                    checks.say("先图片，后标签", "the picture comes first, then the label"),
                ),
                (
                    (paths[index], labels[index]),
                    checks.say("要的是图片，不是它的路径", "the picture is wanted, not its path"),
                ),
                (
                    (torch.zeros(1, 2, 2), labels[index]),
                    checks.say(
                        "调用的是正文里的 `read`：要用交给 `__init__` 的那个，存到 `self` 上，写成 `self.read(…)`",
                        "that comes from the `read` of the cell above: call the one passed to `__init__`, put on `self`, "
                        "as `self.read(…)`",
                    ),
                ),
                *[((picture, label), by_path) for label in other_labels],
                (
                    (picture, index),
                    checks.say(
                        "标签是 `labels[index]`，不是位置", "the label is `labels[index]`, not the position"
                    ),
                ),
            ],
        )

    def made(paths, labels, reader):
        dataset = CachedFiles(paths, labels, reader)
        checks.true(
            isinstance(dataset, Dataset),
            checks.say(
                "`CachedFiles` 要继承 `Dataset`：`class CachedFiles(Dataset):`",
                "`CachedFiles` must inherit from `Dataset`: `class CachedFiles(Dataset):`",
            ),
        )
        unique = checks.say(
            "同一个路径出现几次，就是几个样本", "a path that occurs several times makes several samples"
        )
        nothing = checks.say(
            "长度是样本的个数，不是已经读了多少个",
            "the length is how many samples there are, not how many were read",
        )
        checks.equal(
            dataset.__len__(),
            len(paths),
            name="len(CachedFiles(…))",
            mistakes=[(len(set(paths)), unique), (0, nothing)],
        )
        checks.true(not reader.read, early)
        return dataset

    run = uuid.uuid4().hex  # no path is as in an earlier run of this cell
    paths, labels = [f"{run}/{name}.png" for name in ("a", "b c", "包", "d")], [3, 5, 0, 5]
    reader = Reader(paths, offset=1)
    given = list(paths), list(labels)
    dataset = made(*given, reader)
    for index in (2, 0):
        reader.read.clear()
        check_item(dataset, index, reader, paths, labels)
        checks.true(bool(reader.read), never)
        checks.true(set(reader.read) == {paths[index]}, others)
        checks.true(
            len(reader.read) == 1,
            checks.say("取一个样本，文件读了不止一次", "one sample made it read the file more than once"),
        )
    for index in (2, 0, 2):
        reader.read.clear()
        check_item(dataset, index, reader, paths, labels)
        checks.true(not reader.read, again)
    checks.true(
        given == (paths, labels),
        checks.say(
            "传进来的 `paths` 或 `labels` 被改动了：缓存要另放一处",
            "`paths` or `labels` that were passed in have changed: keep the cache somewhere else",
        ),
    )
    checks.raises(IndexError, take, dataset, 4, hint=past_the_end)
    checks.true(len(list(islice(dataset, 20))) == 4, past_the_end)
    twice = [f"{run}/twice.png", f"{run}/once.png", f"{run}/twice.png"]
    reader = Reader(twice, offset=3)
    dataset = made(list(twice), [1, 2, 7], reader)
    for index in (0, 2, 1):
        check_item(dataset, index, reader, twice, [1, 2, 7])
    checks.true(len(reader.read) == 2, by_position)
    other = made(list(twice), [1, 2, 7], Reader(twice, offset=9))
    checks.true(torch.equal(other[0][0], Reader(twice, offset=9).picture(twice[0])), shared)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        paths = [f"{run} {name}.png" for name in "babcab"]
        labels = [1, 2, 7, 0, 2, 4]
        reader = Reader(paths, offset=5)
        dataset = made(list(paths), list(labels), reader)
        for index in (5, 2, 1, 0, 3, 4, 2):
            check_item(dataset, index, reader, paths, labels)
        checks.true(len(reader.read) == 3, by_position)

        paths = [Path(run) / "图 片" / f"{number}.png" for number in range(300)]
        labels = torch.randint(0, 10, (300,)).tolist()
        reader = Reader(paths, offset=1)
        dataset = made(list(paths), list(labels), reader)
        for _ in range(2):
            for index in range(300):
                check_item(dataset, index, reader, paths, labels)
        checks.true(len(reader.read) == 300, forgotten)

        class OnePixel(Reader):
            def picture(self, path):
                return torch.zeros(1, 1, 1)

        reader = OnePixel(["x.png"])
        dataset = made(["x.png"], [0], reader)
        for _ in range(3):
            check_item(dataset, 0, reader, ["x.png"], [0])
        checks.true(len(reader.read) == 1, black)

        readers = Reader(["a.png", "b.png"]), Reader(["a.png", "b.png"], offset=50)
        twins = [CachedFiles(["a.png", "b.png"], [0, 1], reader) for reader in readers]
        for dataset, reader in zip(twins, readers, strict=True):
            for index in (0, 1):
                item = dataset[index]
                right = torch.equal(item[0], reader.picture("ab"[index] + ".png"))
                checks.true(right and len(reader.read) == index + 1, shared)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 2.4 使用 DataLoaders 准备数据进行训练
#
# 数据集一次给出一个样本，训练时却要把样本分成**小批量**（mini-batch）来用，通常一批 32 到 256 个：
#
# - 一次一个：每一步只听一个样本的意见，方向很乱；每个样本都要单独算一遍，也很慢。
# - 一次全部：60,000 张图片算完才走一步，内存还可能不够。
# - 一个小批量：方向已经大致可靠，又能一起算。走完全部样本一遍叫做一个**轮次**（epoch）。
#
# `DataLoader` 把数据集变成这样的小批量。它最常用的参数是 `batch_size`（每批多少个）和 `shuffle`（要不要打乱）¹。
#
# <small>¹ 原文给测试集也写了 `shuffle=True`。测试集不该打乱，理由见下面「打乱」一节。</small>

# %% [markdown] tags=["en"]
# ## 2.4 Preparing data for training with DataLoaders
#
# A dataset hands out one sample at a time. Training wants them in **mini-batches**, usually of 32 to 256:
#
# - One at a time: each step follows the opinion of a single sample, so the direction is erratic; and handling every sample on its own is slow.
# - All at once: 60,000 pictures go through before the first step is taken, and memory may not suffice.
# - A mini-batch: the direction is roughly right already, and its samples are computed together. One pass over all samples is called an **epoch**.
#
# A `DataLoader` makes such mini-batches from a dataset. Its most important parameters are `batch_size` (how many in a batch) and `shuffle` (whether to shuffle)¹.
#
# <small>¹ The original document writes `shuffle=True` for the test set as well. A test set should not be shuffled; "Shuffling" below says why.</small>

# %%
train_dataloader = DataLoader(training_data, batch_size=64, shuffle=True)
test_dataloader = DataLoader(test_data, batch_size=64, shuffle=False)

# %% [markdown] tags=["zh"]
# 它做的事，用 10 个样本就看得清楚。凡是有长度、能用方括号取样本的东西，`DataLoader` 都当作数据集；这里就用 `range(10)`，第 i 个样本是数 i。下图依次是：原来的索引；打乱；切成每批 4 个，最后一批只剩 2 个。

# %% [markdown] tags=["en"]
# Ten samples are enough to see what it does. Anything with a length and square brackets will do for a dataset; here it is `range(10)`, whose sample i is the number i. The picture shows, in this order, the indices as they were, then shuffled, then cut into batches of 4, of which the last has only 2.

# %%
torch.manual_seed(0)
batches = list(DataLoader(range(10), batch_size=4, shuffle=True))
plots.tensor_grid(torch.arange(10), torch.cat(batches), titles=["indices", "shuffled"])
plots.tensor_grid(*batches, titles=["batch 0", "batch 1", "batch 2"])

# %% [markdown] tags=["zh"]
# `len(loader)` 是批数，不是样本数。样本数除不尽时，最后一批短一些；`drop_last=True` 把它丢掉。训练时偶尔这样做（比如网络的某些层无法处理只有 1 个样本的批），测试时千万不要：丢掉的样本就没有测到。

# %% [markdown] tags=["en"]
# `len(loader)` is the number of batches, not of samples. Where the samples don't divide evenly, the last batch is short; `drop_last=True` throws it away. That is sometimes useful for training (some layers can't cope with a batch of 1 sample), but never for testing: the samples thrown away would not be tested.

# %%
for drop_last in (False, True):
    loader = DataLoader(range(10), batch_size=4, drop_last=drop_last)
    print(len(loader), [len(batch) for batch in loader])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.4a · 多少批（1 分）
#
# 写函数 `number_of_batches(n, batch_size, drop_last)`：n 个样本（n 可以是 0），每批 `batch_size` 个，返回一共有多少批（`int`）。`drop_last` 是 `True` 时，不满的最后一批不要。
#
# 例：`number_of_batches(10, 4, False)` 得到 `3`，`number_of_batches(10, 4, True)` 得到 `2`。
#
# <details><summary>提示 1</summary>先数装满的批。还有剩下的样本吗？</details>
# <details><summary>提示 2</summary>整除 <code>//</code> 和余数 <code>%</code>。</details>
# <details><summary>提示 3</summary>也可以真的造一个 <code>DataLoader</code>，问它有多长。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.4a · How many batches? (1 point)
#
# Write `number_of_batches(n, batch_size, drop_last)`: return how many batches (an `int`) n samples make (n may be 0), with `batch_size` in each. If `drop_last` is `True`, a last batch that is not full doesn't count.
#
# Example: `number_of_batches(10, 4, False)` gives `3`, and `number_of_batches(10, 4, True)` gives `2`.
#
# <details><summary>Hint 1</summary>Count the full batches first. Are any samples left?</details>
# <details><summary>Hint 2</summary>Integer division <code>//</code> and the remainder <code>%</code>.</details>
# <details><summary>Hint 3</summary>Or do build a <code>DataLoader</code> and ask for its length.</details>


# %% nbgrader={"grade": false, "grade_id": "number_of_batches", "locked": false, "schema_version": 3, "solution": true, "task": false}
def number_of_batches(n: int, batch_size: int, drop_last: bool) -> int:
    """samples, samples in a batch, whether to drop a short last batch -> batches"""
    ### BEGIN SOLUTION
    full = n // batch_size
    if n % batch_size > 0 and not drop_last:
        return full + 1
    return full
    ### END SOLUTION


# %% tags=["exercise"]
number_of_batches(10, 4, False)

# %% nbgrader={"grade": true, "grade_id": "number_of_batches-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
from pytorch_learning import checks

with checks.exercise("number_of_batches"):
    short = checks.say(
        "不满的最后一批也是一批，`drop_last` 是 `False` 时要算上",
        "a last batch that is not full is a batch too, and counts when `drop_last` is `False`",
    )
    dropped = checks.say(
        "`drop_last` 是 `True` 时，不满的最后一批不算",
        "with `drop_last=True`, a last batch that is not full does not count",
    )
    divides = checks.say(
        "正好除尽时没有不满的一批：不要总是加 1",
        "where it divides evenly there is no short batch: don't always add 1",
    )
    full_ones = checks.say(
        "`drop_last=True` 只丢掉不满的一批：正好除尽时，最后一批是满的，要留下",
        "`drop_last=True` drops a short batch only: where it divides evenly the last one is full and stays",
    )
    swapped = checks.say("`drop_last` 的意思反了", "`drop_last` is taken the wrong way round")
    rounded = checks.say(
        "不能四舍五入：剩下的哪怕只有 1 个样本也是一批",
        "don't round to the nearest: even 1 sample left over makes a batch",
    )
    checks.returns(number_of_batches, 10, 4, False, expected=3, mistakes=[(2, short)])
    checks.returns(number_of_batches, 10, 4, True, expected=2, mistakes=[(3, dropped), (1, full_ones)])
    checks.returns(number_of_batches, 8, 4, False, expected=2, mistakes=[(3, divides), (1, swapped)])
    checks.returns(number_of_batches, 8, 4, True, expected=2, mistakes=[(1, full_ones), (3, divides)])
    checks.returns(number_of_batches, 9, 4, False, expected=3, mistakes=[(2, rounded)])
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def batch_by_batch(n, batch_size, drop_last):
            batches = 0
            while n >= batch_size:
                n, batches = n - batch_size, batches + 1
            return batches + (1 if n > 0 and not drop_last else 0)

        cases = [
            (n, size, drop) for n in (0, 1, 2, 5, 6, 7, 64) for size in (1, 2, 3, 7) for drop in (False, True)
        ]
        checks.agrees(
            number_of_batches,
            batch_by_batch,
            [*cases, (60_000, 64, False), (60_000, 64, True)],
            mistakes=[
                (lambda n, size, drop: batch_by_batch(n, size, not drop), swapped),
                (lambda n, size, drop: n // size, short),
                (lambda n, size, drop: n // size + 1, divides),
                (lambda n, size, drop: round(n / size), rounded),
                (lambda n, size, drop: -(-n // size), dropped),
                (lambda n, size, drop: -(-n // size) - drop, full_ones),
            ],
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 打乱
#
# `shuffle=True` 在**每个轮次**重新打乱：每次 `for` 走一遍，顺序都不同。这样每批都是各类样本的混合，而且每个轮次的组合都不一样¹。如果数据按类别排好序，又不打乱，网络就会连着好多批只看到 T 恤。
#
# <small>¹ 原文说打乱是为了「减少模型过拟合」。它的主要作用是让每批能代表整个数据集；对过拟合最多有间接的影响。</small>

# %% [markdown] tags=["en"]
# ### Shuffling
#
# With `shuffle=True` the order is new in **every epoch**: each `for` loop over the loader gets another one. So every batch is a mixture of classes, and no two epochs mix them alike¹. If the data were sorted by class and not shuffled, the network would see nothing but T-shirts for batches on end.
#
# <small>¹ The original document shuffles "to reduce overfitting". What shuffling does above all is to make each batch represent the whole dataset; on overfitting its effect is indirect at best.</small>

# %%
torch.manual_seed(0)
loader = DataLoader(range(6), batch_size=3, shuffle=True)
for epoch in range(3):
    print(f"epoch {epoch}:", [batch.tolist() for batch in loader])

# %% [markdown] tags=["zh"]
# 测试集**不要打乱**。测试只是数一数对了多少，顺序不影响结果，打乱没有好处；坏处却是实在的：第 i 个预测不再属于第 i 个样本，你找不到网络认错了哪些图片，也不能逐张比较两个网络。

# %% [markdown] tags=["en"]
# **Don't shuffle** a test set. Testing counts the right answers, which doesn't depend on the order, so shuffling gains nothing. What it costs is real: prediction i no longer belongs to sample i, and you can neither look up the pictures that the network got wrong nor compare two networks picture by picture.

# %% [markdown] tags=["zh"]
# 想让打乱的顺序可以重现，有两种办法。`torch.manual_seed` 设的是**全局**的种子，中间只要有人多抽了一个随机数，后面的顺序就全变了。更稳妥的是给 `DataLoader` 一个**自己的随机数生成器** `torch.Generator`：只有这个 DataLoader 会从里面抽随机数。
#
# 下面两次循环之间抽了别的随机数，顺序照样一致；每个轮次仍然重新打乱，因为生成器一直往下走。

# %% [markdown] tags=["en"]
# To make shuffling repeatable there are two ways. `torch.manual_seed` sets the **global** seed; let anybody draw one more number in between, and all orders after that are different. It is safer to give the `DataLoader` **a random generator of its own**, a `torch.Generator`, from which nobody else draws.
#
# Below, other random numbers are drawn between the two runs, and yet the orders are the same. Each epoch still has a new order, for the generator moves on.

# %%
for run in range(2):
    loader = DataLoader(range(6), batch_size=3, shuffle=True, generator=torch.Generator().manual_seed(7))
    for epoch in range(2):
        print(f"run {run}, epoch {epoch}:", [batch.tolist() for batch in loader])
    torch.rand(5)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.4b · 两个 DataLoader（3 分）
#
# 写函数 `make_loaders(train, test, batch_size, seed)`：返回元组 `(train_loader, test_loader)`，两个都是 `DataLoader`，每批 `batch_size` 个样本，短的最后一批保留，每个样本每个轮次正好出现一次。
#
# - `train_loader` 每个轮次重新打乱。用同一个 `seed` 再调用一次，各个轮次的顺序要一样；换一个 `seed`，顺序要不同。这期间别人抽没抽全局的随机数、`test_loader` 走没走过，都不能有影响；函数也不许改动全局的随机状态。
# - `test_loader` 按原来的顺序。
#
# 例：`train_loader, test_loader = make_loaders(range(6), range(3), 4, seed=0)` 之后，`[batch.tolist() for batch in test_loader]` 得到 `[[0, 1, 2]]`，`train_loader` 给出 4 个和 2 个样本的两批，顺序每次不同。
#
# <details><summary>提示 1</summary>两个 loader 只有打乱与否不同。</details>
# <details><summary>提示 2</summary>随机数生成器要在函数里面新造，只给一个 loader 用。</details>
# <details><summary>提示 3</summary>参数 <code>generator</code>；用 <code>seed</code> 给生成器设种子。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.4b · Two DataLoaders (3 points)
#
# Write `make_loaders(train, test, batch_size, seed)`: return a tuple `(train_loader, test_loader)` of two `DataLoader`s with `batch_size` samples in a batch; a short last batch is kept, and every sample comes exactly once in an epoch.
#
# - `train_loader` has a new order in each epoch. Calling the function again with the same `seed` gives the same orders, epoch by epoch; another `seed` gives others. Neither global random numbers drawn meanwhile nor passes over `test_loader` may make a difference, and the function must not change the global random state.
# - `test_loader` keeps the order of the samples.
#
# Example: after `train_loader, test_loader = make_loaders(range(6), range(3), 4, seed=0)`, `[batch.tolist() for batch in test_loader]` gives `[[0, 1, 2]]`, and `train_loader` gives batches of 4 and 2 samples, in another order each time.
#
# <details><summary>Hint 1</summary>The two loaders differ only in whether they shuffle.</details>
# <details><summary>Hint 2</summary>Make a new random generator inside the function, for one loader alone.</details>
# <details><summary>Hint 3</summary>The parameter <code>generator</code>; <code>seed</code> is the seed of that generator.</details>


# %% nbgrader={"grade": false, "grade_id": "make_loaders", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_loaders(train: Dataset, test: Dataset, batch_size: int, seed: int) -> tuple[DataLoader, DataLoader]:
    """two datasets -> (train_loader, test_loader)"""
    ### BEGIN SOLUTION
    own = torch.Generator().manual_seed(seed)
    train_loader = DataLoader(train, batch_size=batch_size, shuffle=True, generator=own)
    test_loader = DataLoader(test, batch_size=batch_size)
    return train_loader, test_loader
    ### END SOLUTION


# %% tags=["exercise"]
train_loader, test_loader = make_loaders(range(6), range(3), 4, seed=0)
for _ in range(2):
    print([batch.tolist() for batch in train_loader], [batch.tolist() for batch in test_loader])

# %% nbgrader={"grade": true, "grade_id": "make_loaders-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import random

import numpy as np
import torch
from torch.utils.data import DataLoader, TensorDataset

from pytorch_learning import checks

with checks.exercise("make_loaders"):

    def global_state():
        """Of all three global random generators: PyTorch's, Python's, NumPy's."""
        numpy_state = np.random.get_state()
        return (
            torch.get_rng_state().numpy().tobytes(),
            random.getstate(),
            numpy_state[1].tobytes(),
            numpy_state[2],
        )

    def loaders(train, test, batch_size, seed):
        state = global_state()
        pair = make_loaders(train, test, batch_size, seed)
        checks.true(
            isinstance(pair, (tuple, list))
            and len(pair) == 2
            and all(isinstance(x, DataLoader) for x in pair),
            checks.say(
                "要返回两个 `DataLoader`：`return train_loader, test_loader`",
                "return two `DataLoader`s: `return train_loader, test_loader`",
            ),
        )
        checks.true(
            state == global_state(),
            checks.say(
                "函数改动了全局的随机状态：不要设全局的种子（`torch.manual_seed`、`random.seed` 等），也不要抽全局的随机数，用自己的 `torch.Generator`",
                "the function changed the global random state: set no global seed (`torch.manual_seed`, `random.seed`, …) and draw no global random numbers, "
                "use a `torch.Generator` of your own",
            ),
        )
        checks.true(
            not any(isinstance(loader.generator, int) for loader in pair),
            checks.say(
                "`generator` 要一个生成器，不是种子本身：生成器是 `torch.Generator().manual_seed(…)`",
                "`generator` wants a generator, not the seed itself: a generator is made by "
                "`torch.Generator().manual_seed(…)`",
            ),
        )
        return pair

    def run(loader):
        """The samples of one pass in their order, and the sizes of the batches."""
        order, sizes = [], []
        for batch in loader:
            column = batch[0] if isinstance(batch, (list, tuple)) else batch
            checks.is_tensor(column, name=checks.say("loader 给出的一批", "a batch of the loader"))
            checks.true(
                column.ndim > 0,
                checks.say(
                    "loader 给出的是单个样本，没有成批：写上 `batch_size`",
                    "the loader gives single samples, not batches: pass `batch_size` on",
                ),
            )
            order += column.flatten().tolist()
            sizes.append(len(column))
        return order, sizes

    def check_pass(loader, samples, batch_size, which):
        order, sizes = run(loader)
        n = len(samples)
        checks.true(
            set(order) <= set(samples),
            which
            + checks.say(
                "：里面是别的样本：`train` 和 `test` 是不是用混了，或者返回的顺序反了？",
                ": these are other samples: are `train` and `test` mixed up, or returned the wrong way round?",
            ),
        )
        full, rest = divmod(n, batch_size)
        checks.true(
            len(order) != full * batch_size or rest == 0 or set(sizes) - {batch_size} != set(),
            which
            + checks.say(
                "：短的最后一批不见了：不要写 `drop_last=True`",
                ": the short last batch is missing: leave out `drop_last=True`",
            ),
        )
        checks.true(
            sizes == [batch_size] * full + [rest] * (rest > 0),
            which
            + checks.say(
                "：每批的样本数不对：写上 `batch_size=batch_size`",
                ": the number of samples in a batch is wrong: pass on `batch_size=batch_size`",
            ),
        )
        checks.true(
            sorted(order) == sorted(samples),
            which
            + checks.say(
                "：有的样本来了几次，有的没有来：打乱不是有放回地抽取",
                ": some samples come several times and others not at all: shuffling draws without replacement",
            ),
        )
        return order

    in_training = checks.say("train_loader", "train_loader")
    in_testing = checks.say("test_loader", "test_loader")

    def check_loaders(train, test, train_samples, test_samples, batch_size, seed):
        train_loader, test_loader = loaders(train, test, batch_size, seed)
        epochs = [check_pass(train_loader, train_samples, batch_size, in_training) for _ in range(3)]
        for _ in range(2):
            checks.true(
                check_pass(test_loader, test_samples, batch_size, in_testing) == list(test_samples),
                checks.say(
                    "test_loader 打乱了：测试集要按原来的顺序",
                    "test_loader shuffles: a test set keeps its order",
                ),
            )
        torch.rand(3)
        again, _ = loaders(train, test, batch_size, seed)
        repeated = [run(again)[0] for _ in range(3)]
        if len(train_samples) > 9:
            checks.true(
                epochs[0] != list(train_samples),
                checks.say(
                    "train_loader 没有打乱：写上 `shuffle=True`",
                    "train_loader does not shuffle: say `shuffle=True`",
                ),
            )
            checks.true(
                epochs[0] != epochs[1] and epochs[1] != epochs[2],
                checks.say(
                    "train_loader 每个轮次的顺序都一样：不要先打乱再固定下来，也不要每次都重设种子",
                    "train_loader has the same order in every epoch: don't shuffle once and for all, "
                    "and don't set the seed anew each time",
                ),
            )
        checks.true(
            epochs == repeated,
            checks.say(
                "同一个 `seed` 再调用一次，顺序却不一样：每次调用都要新造一个 `torch.Generator`，"
                "用 `seed` 设种子，再交给 `DataLoader`",
                "another call with the same `seed` gives other orders: make a new `torch.Generator` in each call, "
                "seed it with `seed`, and hand it to the `DataLoader`",
            ),
        )
        third, between = loaders(train, test, batch_size, seed)
        mixed = []
        for _ in range(3):
            mixed.append(run(third)[0])
            run(between)
        checks.true(
            epochs == mixed,
            checks.say(
                "走一遍 test_loader，train_loader 的顺序就变了：不要让两个 loader 共用一个生成器",
                "a pass over test_loader changes the orders of train_loader: don't share one generator between them",
            ),
        )

    check_loaders(range(10), range(100, 105), range(10), range(100, 105), 4, 0)
    first, second = (run(loaders(range(10), range(2), 4, seed)[0])[0] for seed in (0, 1))
    fixed_seed = checks.say(
        "换了 `seed`，顺序却没有变：生成器要用 `seed` 设种子（`.manual_seed(seed)`），不要漏掉，也不要写死",
        "another `seed` gives the same order: seed the generator with `seed` (`.manual_seed(seed)`), and neither forget nor fix it",
    )
    checks.true(first != second, fixed_seed)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        for n, m, batch_size, seed in [
            (12, 3, 5, 3),
            (20, 12, 4, 8),
            (15, 1, 1, 5),
            (11, 4, 30, 2),
            (1, 1, 2, 0),
        ]:
            x, y = torch.arange(n), torch.arange(500, 500 + m)
            check_loaders(
                TensorDataset(x, x + 1), TensorDataset(y, y + 1), x.tolist(), y.tolist(), batch_size, seed
            )
        orders = {tuple(run(loaders(range(12), range(2), 4, seed)[0])[0]) for seed in range(5)}
        checks.true(len(orders) == 5, fixed_seed)

        x = torch.arange(10)
        loader, _ = loaders(TensorDataset(x, x * x), TensorDataset(x), 3, 1)
        checks.true(
            all(torch.equal(a * a, b) for a, b in loader),
            checks.say(
                "打乱之后，样本的各部分对不上了",
                "after shuffling, the parts of a sample don't belong together",
            ),
        )
        loader, _ = loaders(range(5), range(2), 2, 4)
        firsts = torch.bincount(torch.tensor([run(loader)[0][0] for _ in range(200)]), minlength=5)
        checks.true(
            bool((firsts > 4).all()),
            checks.say(
                "有的样本几乎从不排在最前面：要把全部样本一起打乱",
                "some samples hardly ever come first: shuffle all of them together",
            ),
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 分出一部分
#
# 训练时要有一份**没有训练过**的数据，用来随时看看网络学得怎样、该选哪种设置，这就是**验证集**（validation set）。它从训练集里分出来；测试集留到最后，只用一次：拿测试集来选设置，成绩就不可信了。
#
# `random_split` 随机地分，每份的大小可以用样本个数给出，也可以用比例给出¹；它同样接受 `generator`。
#
# <small>¹ 写比例时，每份的个数先向下取整，多出来的样本从第一份开始一个一个补上。想精确控制，就直接给出个数。</small>

# %% [markdown] tags=["en"]
# ### Splitting off a part
#
# While training you need data that was **not trained on**, to see at any time how well the network is learning and which settings are best: the **validation set**. It is split off the training set. The test set waits until the end and is used once: if you choose settings by it, its result can no longer be trusted.
#
# `random_split` does this at random. It takes either numbers of samples or shares¹, and a `generator` too.
#
# <small>¹ With shares, each part's size is rounded down, and the samples left over are added one by one, beginning with the first part. To get an exact number, give the numbers.</small>

# %%
parts = random_split(range(10), [6, 4], generator=torch.Generator().manual_seed(0))
for part in parts:
    print(type(part).__name__, len(part), list(part))

# %%
training_part, validation_part = random_split(
    training_data, [0.9, 0.1], generator=torch.Generator().manual_seed(0)
)
print(len(training_part), len(validation_part))

# %% [markdown] tags=["zh"]
# 分出来的是 `Subset`：一个只记着索引的数据集，取样本时才到原来的数据集里去取。所以分 60,000 张图片也一瞬间就好，图片没有复制，一张也没有读。你也可以自己写 `Subset(数据集, 索引)`。

# %% [markdown] tags=["en"]
# The parts are `Subset`s: a `Subset` is a dataset that remembers nothing but indices and fetches a sample from the original dataset when it is asked for. So splitting 60,000 pictures takes no time; none is copied, none is even read. You can also write `Subset(dataset, indices)` yourself.

# %%
evens = Subset(range(10), [0, 2, 4, 6, 8])
print(len(evens), evens[3])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.4c · 训练和验证（2 分）
#
# 写函数 `split(dataset, share, seed)`：把数据集随机分成两份，返回元组 `(训练部分, 验证部分)`，两个都是数据集。
#
# - 验证部分有 `round(share * n)` 个样本，n 是样本总数（四舍五入；正好 .5 的情形不会出现，两份都不会是空的）。
# - 每个样本正好在其中一份里，分的时候一个样本也不读。
# - 同一个 `seed` 总是分得一样，不同的 `seed` 分得不同；不许改动全局的随机状态，也不受它影响。
#
# 例：`split(range(7), 0.4, seed=0)` 得到的两份分别有 4 个和 3 个样本。
#
# <details><summary>提示 1</summary>先算出两份各有多少个样本。</details>
# <details><summary>提示 2</summary><code>random_split</code>，个数要是整数；种子给它自己的生成器。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.4c · Training and validation (2 points)
#
# Write `split(dataset, share, seed)`: split a dataset at random and return a tuple `(training part, validation part)`, both of them datasets.
#
# - The validation part has `round(share * n)` of the n samples (to the nearest; halves won't occur, and neither part is empty).
# - Every sample is in exactly one of the parts, and no sample is read while splitting.
# - The same `seed` always splits alike, different ones differently; the global random state must neither be changed nor matter.
#
# Example: the parts of `split(range(7), 0.4, seed=0)` have 4 and 3 samples.
#
# <details><summary>Hint 1</summary>First work out how many samples go into each part.</details>
# <details><summary>Hint 2</summary><code>random_split</code> with whole numbers, and a seeded generator of its own.</details>


# %% nbgrader={"grade": false, "grade_id": "split", "locked": false, "schema_version": 3, "solution": true, "task": false}
def split(dataset: Dataset, share: float, seed: int) -> tuple[Dataset, Dataset]:
    """n samples -> (training part, validation part of round(share * n) samples)"""
    ### BEGIN SOLUTION
    n = len(dataset)
    n_validation = round(share * n)
    own = torch.Generator().manual_seed(seed)
    training, validation = random_split(dataset, [n - n_validation, n_validation], generator=own)
    return training, validation
    ### END SOLUTION


# %% tags=["exercise"]
[list(part) for part in split(range(7), 0.4, seed=0)]

# %% nbgrader={"grade": true, "grade_id": "split-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import random

import numpy as np
import torch
from torch.utils.data import Dataset, TensorDataset

from pytorch_learning import checks

with checks.exercise("split"):

    def global_state():
        """Of all three global random generators: PyTorch's, Python's, NumPy's."""
        numpy_state = np.random.get_state()
        return (
            torch.get_rng_state().numpy().tobytes(),
            random.getstate(),
            numpy_state[1].tobytes(),
            numpy_state[2],
        )

    class Numbers(Dataset):
        """n samples, sample i is 10 * i; counts how many were read."""

        def __init__(self, n):
            self.n, self.reads = n, 0

        def __len__(self):
            return self.n

        def __getitem__(self, i):
            self.reads += 1
            if not 0 <= i < self.n:
                raise IndexError(i)
            return 10 * int(i)

    def read(part):
        return [part[i] for i in range(len(part))]

    def parts(dataset, share, seed):
        state = global_state()
        try:
            pair = split(dataset, share, seed)
        except TypeError as error:
            checks.true(
                "generator=int" not in str(error),
                checks.say(
                    "`generator` 要一个生成器，不是种子本身：生成器是 `torch.Generator().manual_seed(…)`",
                    "`generator` wants a generator, not the seed itself: a generator is made by "
                    "`torch.Generator().manual_seed(…)`",
                ),
            )
            raise
        unchanged = state == global_state()
        checks.true(
            isinstance(pair, (tuple, list)) and len(pair) == 2,
            checks.say(
                "要返回两份：`return 训练部分, 验证部分`", "return two parts: `return training, validation`"
            ),
        )
        checks.true(
            all(hasattr(part, "__len__") and hasattr(part, "__getitem__") for part in pair)
            and not any(isinstance(part, torch.Tensor) for part in pair),
            checks.say(
                "每一份都应该是数据集：有长度，能用方括号取样本。`random_split` 和 `Subset` 会给你",
                "each part should be a dataset, with a length and square brackets: `random_split` and `Subset` make one",
            ),
        )
        checks.true(
            unchanged,
            checks.say(
                "函数改动了全局的随机状态：不要设全局的种子（`torch.manual_seed`、`random.seed` 等），也不要抽全局的随机数，用 `torch.Generator`",
                "the function changed the global random state: set no global seed (`torch.manual_seed`, `random.seed`, …) and draw no global random numbers, "
                "use a `torch.Generator`",
            ),
        )
        return pair

    def check_split(n, share, seed):
        dataset = Numbers(n)
        training, validation = parts(dataset, share, seed)
        checks.true(
            dataset.reads == 0,
            checks.say(
                "分的时候读了样本：`Subset` 只记索引，用到时才读",
                "samples were read while splitting: a `Subset` only remembers indices and reads later",
            ),
        )
        size = round(share * n)
        called = f"`split({n} {checks.say('个样本', 'samples')}, {share}, {seed})`"
        found = (len(training), len(validation))
        given = checks.say(
            f"：两份是 {found[0]} 个和 {found[1]} 个样本",
            f": the parts have {found[0]} and {found[1]} samples",
        )
        checks.true(
            size * 2 == n or found != (size, n - size),
            called
            + given
            + checks.say(
                "：顺序反了，先训练部分，后验证部分",
                ": the training part comes first, then the validation part",
            ),
        )
        checks.true(
            sum(found) >= n,
            called + given + checks.say("：有样本丢了", ": some samples are lost"),
        )
        checks.true(
            sum(found) <= n,
            called + given + checks.say("：有样本两份都有", ": some samples are in both"),
        )
        checks.true(
            found[1] != size - 1,
            called
            + given
            + checks.say(
                "：验证部分少了一个：`int(…)`、`//` 和 `random_split` 的比例都向下取整，这里要 `round(share * n)`",
                ": one too few for validation: `int(…)`, `//` and the shares of `random_split` round down, "
                "here it is `round(share * n)`",
            ),
        )
        checks.true(
            found == (n - size, size),
            called
            + given
            + checks.say(
                "：验证部分应有 `round(share * n)` 个，其余的归训练部分",
                ": the validation part should have `round(share * n)`, the training part all the others",
            ),
        )
        numbers = [read(training), read(validation)]
        checks.true(
            all(type(number) is int and number % 10 == 0 for part in numbers for number in part),
            checks.say(
                "取出来的不是数据集的样本，也许是索引：返回 `Subset`，不要返回索引",
                "what comes out is not a sample of the dataset, maybe an index: return `Subset`s, not indices",
            ),
        )
        checks.true(
            sorted(numbers[0] + numbers[1]) == list(range(0, 10 * n, 10)),
            checks.say(
                "有的样本两份都有，有的都没有：要用同一个打乱的顺序来切，而且不放回",
                "some samples are in both parts, others in neither: cut one shuffled order in two",
            ),
        )
        torch.rand(3)
        again = [read(part) for part in parts(Numbers(n), share, seed)]
        checks.true(
            [sorted(part) for part in again] == [sorted(part) for part in numbers],
            checks.say(
                "同一个 `seed` 再分一次，结果却不同：用 `seed` 给自己的 `torch.Generator` 设种子，并且真的用上它",
                "the same `seed` splits differently the second time: seed a `torch.Generator` of your own with it, and use it",
            ),
        )
        return set(numbers[1])

    check_split(10, 0.3, 0)
    check_split(7, 0.4, 1)
    chosen = [check_split(20, 0.25, seed) for seed in (0, 1)]
    same = checks.say(
        "不同的 `seed` 分得一样：要随机地分，种子用 `seed`，不要写死",
        "different seeds split alike: split at random, and seed it with `seed`, not a fixed number",
    )
    checks.true(chosen[0] != chosen[1], same)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        for n, share, seed in [(2, 0.6, 3), (11, 0.1, 4), (9, 0.8, 5), (30, 0.33, 6), (100, 0.07, 7)]:
            check_split(n, share, seed)
        pairs = {}
        for seed in range(600):
            pair = tuple(sorted(read(parts(Numbers(6), 0.34, seed)[1])))
            pairs[pair] = pairs.get(pair, 0) + 1
        counts = [sum(times for pair, times in pairs.items() if 10 * i in pair) for i in range(6)]
        # Of the 15 pairs each is expected 40 times, each sample 200 times with a standard deviation of 12.
        checks.true(
            len(pairs) == 15 and min(counts) > 120 and max(counts) < 280,
            checks.say(
                "不是每个样本都有同样的机会进验证部分：要把所有样本一起打乱",
                "not every sample is equally likely to go into the validation part: shuffle all of them",
            ),
        )
        x = torch.rand(9, 2)
        training, validation = parts(TensorDataset(x, torch.arange(9)), 0.3, 1)
        for part in (training, validation):
            checks.true(
                all(torch.equal(picture, x[label]) for picture, label in read(part)),
                checks.say(
                    "样本变了样：要原样取出", "the samples have changed: they should come as they were"
                ),
            )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 类别不平衡
#
# 现实中的类别很少一样多。我们造一份不平衡的数据：900 件 T 恤，100 条裤子。（`training_data.targets` 是全部标签的张量，不用一张一张地读图片。`nonzero()` 给出 True 所在的位置，`torch.bincount` 数出 0、1、2……各有多少个。）

# %% [markdown] tags=["en"]
# ### Imbalanced classes
#
# Real classes are seldom equally large. Let us make imbalanced data: 900 T-shirts and 100 pairs of trousers. (`training_data.targets` is a tensor of all labels, so that no picture has to be read. `nonzero()` gives the positions of True; `torch.bincount` counts how many 0s, 1s, 2s and so on there are.)

# %%
shirts = (training_data.targets == 0).nonzero().flatten()[:900]
trousers = (training_data.targets == 1).nonzero().flatten()[:100]
indices = torch.cat([shirts, trousers])
imbalanced = Subset(training_data, indices.tolist())
labels = training_data.targets[indices]
print(torch.bincount(labels))

# %% [markdown] tags=["zh"]
# 一个永远回答「T 恤」的网络，在这里就有 90% 的正确率，它什么也没学会。一个办法是让少见的类别更常被抽到：`WeightedRandomSampler` 按权重**有放回地**抽样本的索引。权重每个**样本**一个，不必加起来等于 1。裤子的数量只有 T 恤的九分之一，权重就给九倍，于是两类被抽到的机会相等。
#
# **采样器**（sampler）决定 `DataLoader` 按什么顺序取哪些样本。`shuffle=True` 背后也是一个采样器，所以 `sampler` 和 `shuffle` 不能同时用：写了 `sampler` 就不要写 `shuffle`。

# %% [markdown] tags=["en"]
# A network that always says "T-shirt" is right here 90% of the time and has learned nothing. One remedy is to let the rare class come more often: `WeightedRandomSampler` draws indices of samples by weight, **with replacement**. There is one weight per **sample**, and they need not add up to 1. Trousers are nine times as rare, so each gets nine times the weight; then both classes are equally likely.
#
# A **sampler** decides which samples the `DataLoader` takes, and in which order. Behind `shuffle=True` there is a sampler too, so you can't have both: with a `sampler`, leave `shuffle` out.

# %%
weights = torch.where(labels == 1, 9.0, 1.0)
sampler = WeightedRandomSampler(weights, num_samples=1000, generator=torch.Generator().manual_seed(1))
loader = DataLoader(imbalanced, batch_size=64, sampler=sampler)
drawn = torch.cat([batch_labels for _, batch_labels in loader])

figure, axes = plt.subplots(1, 2, figsize=(7, 2.6), sharey=True)
for axis, title, found in zip(axes, ["in the data", "drawn by the sampler"], [labels, drawn], strict=True):
    bars = axis.bar(training_data.classes[:2], torch.bincount(found).numpy(), color=["#56b4e9", "#e69f00"])
    axis.bar_label(bars)
    axis.set_title(title)
    axis.set_ylim(0, 1000)
    axis.spines[["top", "right"]].set_visible(False)
axes[0].set_ylabel("samples in an epoch")
figure.tight_layout()
plt.show()

# %% [markdown] tags=["zh"]
# 右边大约各一半。代价要知道：100 条裤子平均每条来了 5 次，900 件 T 恤却有一半以上这一轮没有出现。测试集不要这样抽：测试要看网络在真实比例下的表现。

# %% [markdown] tags=["en"]
# On the right it is about half and half. Know the price: each of the 100 pairs of trousers came 5 times on average, while more than half of the 900 T-shirts did not come in this epoch at all. Don't draw a test set this way: a test should show how the network does with the real proportions.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.4d · 各类机会均等（3 分）
#
# 写函数 `balanced_sampler(labels, num_samples, seed)`：`labels` 是 `int64` 张量，形状 `(n,)`，第 i 个是样本 i 的标签（0、1、2、…，有的类别可能一个样本也没有）。返回一个采样器，它有放回地抽 `num_samples` 个索引：**出现过的**每一类被抽到的机会相等，同一类里的每个样本机会也相等。
#
# 采样器可以是 `WeightedRandomSampler`，也可以是任何有长度、能用 `for` 走一遍索引的东西。同一个 `seed` 造出的采样器，第一遍抽得一样；不同的 `seed` 抽得不同。不许改动全局的随机状态，也不受它影响。
#
# 例：`labels = torch.tensor([0] * 90 + [2] * 10)`，抽 1000 个，大约 500 个是标签 2 的样本，索引在 90 到 99 之间。
#
# <details><summary>提示 1</summary>一个样本所属的类别里样本越多，它的权重就该越小。一个类别里的权重加起来，应该每类都相等。</details>
# <details><summary>提示 2</summary>权重是「1 ÷ 这一类有多少个样本」，每个样本一个。</details>
# <details><summary>提示 3</summary><code>torch.bincount</code> 数出每一类多少个；用 <code>labels</code> 作索引，就得到每个样本的类别有多大。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.4d · Every class equally often (3 points)
#
# Write `balanced_sampler(labels, num_samples, seed)`: `labels` is an `int64` tensor of shape `(n,)`, number i being the label of sample i (0, 1, 2, …; some class may have no sample at all). Return a sampler that draws `num_samples` indices with replacement: every class **that occurs** is equally likely, and inside a class every sample is.
#
# The sampler may be a `WeightedRandomSampler` or anything else with a length that gives the indices in a `for` loop. Samplers made with the same `seed` draw the same in their first pass, those with different seeds differently. The global random state must neither be changed nor matter.
#
# Example: with `labels = torch.tensor([0] * 90 + [2] * 10)` and 1000 to draw, about 500 are samples of label 2, whose indices are 90 to 99.
#
# <details><summary>Hint 1</summary>The larger its class, the smaller a sample's weight. Inside each class the weights should add up to the same.</details>
# <details><summary>Hint 2</summary>The weight is 1 ÷ "number of samples in this class", one weight per sample.</details>
# <details><summary>Hint 3</summary><code>torch.bincount</code> counts the classes; with <code>labels</code> as an index you get, for each sample, how large its class is.</details>


# %% nbgrader={"grade": false, "grade_id": "balanced_sampler", "locked": false, "schema_version": 3, "solution": true, "task": false}
def balanced_sampler(labels: torch.Tensor, num_samples: int, seed: int) -> Sampler:
    """labels (n) int64 -> sampler of num_samples indices"""
    ### BEGIN SOLUTION
    class_sizes = torch.bincount(labels)
    weights = 1 / class_sizes[labels]
    own = torch.Generator().manual_seed(seed)
    return WeightedRandomSampler(weights, num_samples, generator=own)
    ### END SOLUTION


# %% tags=["exercise"]
list(balanced_sampler(torch.tensor([0, 0, 0, 0, 0, 0, 1]), 10, seed=0))

# %% nbgrader={"grade": true, "grade_id": "balanced_sampler-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import random

import numpy as np
import torch

from pytorch_learning import checks

with checks.exercise("balanced_sampler"):

    def global_state():
        """Of all three global random generators: PyTorch's, Python's, NumPy's."""
        numpy_state = np.random.get_state()
        return (
            torch.get_rng_state().numpy().tobytes(),
            random.getstate(),
            numpy_state[1].tobytes(),
            numpy_state[2],
        )

    def draw(labels, num_samples, seed):
        """The indices that the answer's sampler gives in its first pass, int64 (num_samples)."""
        state, before = global_state(), labels.clone()
        sampler = balanced_sampler(labels, num_samples, seed)
        checks.true(
            hasattr(sampler, "__iter__") and hasattr(sampler, "__len__"),
            checks.say(
                "要返回一个采样器：有长度，能用 `for` 走一遍。写 `return` 了吗？",
                "return a sampler, something with a length that a `for` loop can go through. Is there a `return`?",
            ),
        )
        checks.true(
            state == global_state(),
            checks.say(
                "函数改动了全局的随机状态：不要设全局的种子（`torch.manual_seed`、`random.seed` 等），也不要抽全局的随机数，"
                "把 `torch.Generator` 交给采样器",
                "the function changed the global random state: set no global seed (`torch.manual_seed`, `random.seed`, …) and draw no global random numbers, "
                "hand a `torch.Generator` to the sampler",
            ),
        )
        checks.true(
            not isinstance(getattr(sampler, "generator", None), int),
            checks.say(
                "`generator` 要一个生成器，不是种子本身：生成器是 `torch.Generator().manual_seed(…)`",
                "`generator` wants a generator, not the seed itself: a generator is made by "
                "`torch.Generator().manual_seed(…)`",
            ),
        )
        checks.true(
            torch.equal(labels, before),
            checks.say("函数改动了 `labels`", "the function changed `labels`"),
        )
        checks.true(
            len(sampler) == num_samples,
            checks.say(
                f"采样器的长度应是 `num_samples`，得到 {len(sampler)}",
                f"the sampler's length should be `num_samples`, not {len(sampler)}",
            ),
        )
        try:
            drawn = list(sampler)
        except NotImplementedError:
            raise
        except RuntimeError as error:
            infinite = checks.say(
                "有的权重是无穷大或 nan：除以了 0。权重要每个样本一个，不是每个类别一个；用 `labels` 作索引，没有样本的类别就不会出现",
                "some weight is inf or nan, so there was a division by 0. There is one weight per sample, not per class: "
                "with `labels` as an index, classes without samples don't come in",
            )
            checks.true("infinity or NaN" not in str(error), infinite)
            checks.true(
                "sum of probabilities" not in str(error),
                checks.say(
                    "权重全是 0：要用 `/`，不是整除 `//`", "all weights are 0: divide with `/`, not with `//`"
                ),
            )
            if "without replacement" not in str(error) and "not enough non-negative" not in str(error):
                raise
            checks.true(
                False,
                checks.say(
                    "不放回就抽不了那么多：要有放回地抽（`replacement=True`）",
                    "there are not so many to draw without replacement: draw with it (`replacement=True`)",
                ),
            )
        checks.true(
            all(
                isinstance(i, int)
                or (isinstance(i, torch.Tensor) and i.ndim == 0 and not i.is_floating_point())
                for i in drawn
            ),
            checks.say(
                "采样器要一个一个地给出索引，每个是整数",
                "a sampler gives indices one by one, and each is a whole number",
            ),
        )
        drawn = torch.tensor([int(i) for i in drawn])
        checks.true(
            len(drawn) == num_samples,
            checks.say(
                f"要抽 `num_samples` 个索引，走一遍得到 {len(drawn)} 个",
                f"`num_samples` indices should be drawn, one pass gave {len(drawn)}",
            ),
        )
        checks.true(
            bool(((drawn >= 0) & (drawn < len(labels))).all()),
            checks.say(
                "有的索引超出了 0 到 n − 1：每个样本一个权重，一共 n 个",
                "some indices are outside 0 to n − 1: there is one weight per sample, n of them",
            ),
        )
        return drawn

    def even(counts):
        """Whether equal chances could give these counts (a false alarm: less than once in a thousand million)."""
        expected, free = counts.double().mean(), len(counts) - 1
        bound = free * (1 - 2 / (9 * free) + 6.5 * (2 / (9 * free)) ** 0.5) ** 3 if free else 0
        return bool(((counts - expected) ** 2 / expected).sum() <= bound)

    def check_balance(labels, num_samples, seed):
        drawn = draw(labels, num_samples, seed)
        classes, sizes = labels.unique(return_counts=True)
        counts = torch.tensor([(labels[drawn] == c).sum() for c in classes])
        if len(classes) > 1:
            checks.true(
                len(labels) == labels.max() + 1 or int(drawn.max()) > int(labels.max()),
                checks.say(
                    "只抽到了最前面的几个索引：权重要每个样本一个，不是每个类别一个（`labels` 可以作索引）",
                    "only the first few indices are drawn: there must be one weight per sample, not per class "
                    "(`labels` can be an index)",
                ),
            )
            rare, common = counts[sizes.argmin()] / num_samples, counts[sizes.argmax()] / num_samples
            share = (sizes.min() / sizes.sum()).item()
            checks.true(
                sizes.min() == sizes.max() or rare >= 0.6 * share,
                checks.say(
                    "少见的类别更少见了：权重反了，是 1 除以这一类的样本数",
                    "the rare class has become rarer still: the weights are upside down, it is 1 over the size of the class",
                ),
            )
            checks.true(
                sizes.min() == sizes.max() or rare >= min(1.4 * share, 0.5 / len(classes)),
                checks.say(
                    "各类被抽到的次数还是和数据里的比例一样：少见的类别权重要大",
                    "the classes come as often as in the data: a rare class needs a greater weight",
                ),
            )
            checks.true(
                sizes.min() == sizes.max() or rare <= 1.4 * common or even(counts),
                checks.say(
                    "矫枉过正：少见的类别现在比别的还多，每一类的权重之和应该相等",
                    "too much of a good thing: the rare class now comes more often than the others; "
                    "the weights of each class should add up to the same",
                ),
            )
            checks.true(
                even(counts),
                checks.say(
                    "各类被抽到的机会不相等：每一类的权重之和应该相等",
                    "the classes are not equally likely: the weights of each class should add up to the same",
                ),
            )
        for c in classes:
            inside = torch.bincount(drawn[labels[drawn] == c], minlength=len(labels))[labels == c]
            checks.true(
                len(inside) == 1 or even(inside),
                checks.say(
                    "同一类里的样本机会不相等：它们的权重应该一样，而且每次都重新抽",
                    "inside a class the samples are not equally likely: they should have the same weight "
                    "and be drawn anew each time",
                ),
            )

    labels = torch.tensor([0] * 90 + [2] * 10)
    check_balance(labels, 3000, 0)
    first = draw(labels, 50, 1)
    torch.rand(3)
    repeatable = checks.say(
        "同一个 `seed` 抽得不一样：用 `seed` 给自己的 `torch.Generator` 设种子，交给采样器",
        "the same `seed` draws differently: seed a `torch.Generator` of your own with it and hand it to the sampler",
    )
    fixed = checks.say(
        "不同的 `seed` 抽得一样：种子要用 `seed`，不要写死",
        "different seeds draw the same: use `seed`, not a fixed number",
    )
    checks.true(torch.equal(first, draw(labels, 50, 1)), repeatable)
    checks.true(not torch.equal(first, draw(labels, 50, 2)), fixed)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        mixed = torch.tensor([0] * 200 + [1] * 20 + [4] * 4)[torch.randperm(224)]
        check_balance(mixed, 6000, 3)
        check_balance(torch.tensor([3, 3, 0, 3, 3, 1, 3, 3]), 2000, 4)
        check_balance(torch.tensor([5, 5, 5]), 600, 5)
        check_balance(torch.tensor([0]), 4, 6)
        check_balance(torch.arange(6), 3000, 7)
        checks.true(torch.equal(draw(mixed, 30, 8), draw(mixed, 30, 8)), repeatable)
        checks.true(len({tuple(draw(mixed, 30, seed).tolist()) for seed in range(4)}) == 4, fixed)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 从样本到一批：`collate_fn`
#
# 每一批分三步做成：
#
# 1. 采样器给出一批索引，例如 `[3, 7]`；
# 2. 到数据集里一个一个地取：`samples = [dataset[3], dataset[7]]`，这是一个由样本组成的**列表**；
# 3. **整理函数** `collate_fn(samples)` 把这个列表变成一批。
#
# 不指定时用的是 `default_collate`：图片叠成一个张量，标签也收成一个张量。

# %% [markdown] tags=["en"]
# ### From samples to a batch: `collate_fn`
#
# Each batch is made in three steps:
#
# 1. the sampler gives the indices of one batch, say `[3, 7]`;
# 2. the samples are fetched one by one, `samples = [dataset[3], dataset[7]]`, which makes a **list** of samples;
# 3. the function `collate_fn(samples)` (to collate: to put in order) makes a batch of that list.
#
# Unless you name another, it is `default_collate`: it stacks the pictures into one tensor and gathers the labels in another.

# %%
samples = [training_data[3], training_data[7]]
images, labels = default_collate(samples)
print(len(samples), tuple(samples[0][0].shape), type(samples[0][1]).__name__)
print(tuple(images.shape), tuple(labels.shape), labels.dtype)

# %% [markdown] tags=["zh"]
# 样本长短不一时，它就叠不起来了：

# %% [markdown] tags=["en"]
# Samples of different lengths can't be stacked:

# %%
tunes = [torch.tensor([5, 3, 1]), torch.tensor([2, 2, 4, 4, 5]), torch.tensor([1, 5])]
try:
    next(iter(DataLoader(tunes, batch_size=3)))
except RuntimeError as error:
    print(error)

# %% [markdown] tags=["zh"]
# 这时就自己写一个：它收到样本的列表，返回什么，这一批就是什么。下面的函数用 0 把每个样本补到一样长。

# %% [markdown] tags=["en"]
# Then you write your own: it gets the list of samples, and whatever it returns is the batch. The one below fills each sample up with zeros to the same length.


# %%
def padded(samples):
    longest = max(len(sample) for sample in samples)
    batch = torch.zeros(len(samples), longest, dtype=torch.int64)
    for row, sample in enumerate(samples):
        batch[row, : len(sample)] = sample
    return batch


print(next(iter(DataLoader(tunes, batch_size=3, collate_fn=padded))))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.4e · 自己叠一批（2 分）
#
# 自己写一个整理函数 `stack_samples(samples)`，不调用 `default_collate`：`samples` 是至少有一个样本的列表，每个样本是元组 `(图片, 标签)`：图片是张量，形状都相同；标签是 `int`。返回元组 `(images, labels)`：`images` 形状 `(n, …)`，dtype 和图片一样；`labels` 是 `int64` 张量，形状 `(n,)`。
#
# 例：`stack_samples([(torch.zeros(1, 2, 2), 3), (torch.ones(1, 2, 2), 5)])` 得到形状 `(2, 1, 2, 2)` 的张量和 `tensor([3, 5])`。
#
# <details><summary>提示 1</summary>先把图片收进一个列表，标签收进另一个。</details>
# <details><summary>提示 2</summary>图片要多出一个轴，排在最前面（1.4.2 节）。</details>
# <details><summary>提示 3</summary><code>torch.stack</code> 和 <code>torch.tensor</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.4e · Stack a batch yourself (2 points)
#
# Write a collate function `stack_samples(samples)` of your own, without `default_collate`: `samples` is a list of at least one sample, each a tuple `(picture, label)`; the pictures are tensors, all of the same shape, and a label is an `int`. Return a tuple `(images, labels)`: `images` of shape `(n, …)` in the pictures' dtype, and `labels`, an `int64` tensor of shape `(n,)`.
#
# Example: `stack_samples([(torch.zeros(1, 2, 2), 3), (torch.ones(1, 2, 2), 5)])` gives a tensor of shape `(2, 1, 2, 2)` and `tensor([3, 5])`.
#
# <details><summary>Hint 1</summary>Gather the pictures in one list and the labels in another.</details>
# <details><summary>Hint 2</summary>The pictures get one more axis, in front (1.4.2).</details>
# <details><summary>Hint 3</summary><code>torch.stack</code> and <code>torch.tensor</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "stack_samples", "locked": false, "schema_version": 3, "solution": true, "task": false}
def stack_samples(samples: list[tuple[torch.Tensor, int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """[(image (...), label)] -> images (n, ...), labels (n) int64"""
    ### BEGIN SOLUTION
    pictures = [image for image, _ in samples]
    numbers = [label for _, label in samples]
    return torch.stack(pictures), torch.tensor(numbers)
    ### END SOLUTION


# %% tags=["exercise"]
stack_samples([(torch.zeros(1, 2, 2), 3), (torch.ones(1, 2, 2), 5)])

# %% nbgrader={"grade": true, "grade_id": "stack_samples-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch.utils.data import DataLoader

from pytorch_learning import checks

with checks.exercise("stack_samples"):
    swapped = checks.say(
        "顺序反了：先图片，后标签", "the wrong way round: the images come first, then the labels"
    )
    joined = checks.say(
        "图片接在一起了，没有叠起来：`cat` 不增加轴，`stack` 会",
        "the pictures are joined, not stacked: `cat` adds no axis, `stack` does",
    )
    not_last = checks.say(
        "新的轴（样本）应该在最前面：`dim=0`", "the new axis, that of the samples, comes first: `dim=0`"
    )
    a_list = checks.say(
        "标签还是列表，要变成张量：`torch.tensor(…)`",
        "the labels are still a list: make them a tensor, `torch.tensor(…)`",
    )
    images_list = checks.say(
        "图片还是列表，要叠成一个张量：`torch.stack(…)`",
        "the pictures are still a list: stack them into one tensor, `torch.stack(…)`",
    )
    whole = checks.say("标签是整数：`int64`，不要变成小数", "labels are whole numbers, `int64`, not floats")
    column = checks.say(
        "标签的形状应是 `(n,)`，不要另加一个轴", "the labels have shape `(n,)`, without another axis"
    )
    kept = checks.say(
        "图片的 dtype 变了：原样叠起来就好", "the pictures' dtype has changed: just stack them as they are"
    )
    pixels = checks.say(
        "图片的形状要保留，只在前面多一个轴", "keep the pictures' shape and add one axis in front of it"
    )

    class Samples(list):
        """A list of samples that is short to print."""

        def __repr__(self):
            return f"[{len(self)} × (tensor{tuple(self[0][0].shape)}, int)]"

    def stacked(samples):
        try:
            result = stack_samples(samples)
        except TypeError as error:
            checks.true(
                "expected Tensor as element" not in str(error),
                checks.say(
                    "要叠的列表里有不是张量的东西：列表里的每一项是一个样本 `(图片, 标签)`，先把图片和标签分开，再叠图片",
                    "what you stack are not all tensors: each item of the list is one sample, `(picture, label)`; "
                    "separate the pictures from the labels, then stack the pictures",
                ),
            )
            raise
        return tuple(result) if isinstance(result, list) else result

    stacked.__name__ = "stack_samples"

    def one_by_one(samples):
        images = torch.empty(len(samples), *samples[0][0].shape, dtype=samples[0][0].dtype)
        labels = torch.empty(len(samples), dtype=torch.int64)
        for i, (image, label) in enumerate(samples):
            images[i], labels[i] = image, label
        return images, labels

    def variant(change_images=None, change_labels=None):
        def wrong(samples):
            images, labels = one_by_one(samples)
            if change_images:
                images = change_images(images)
            if change_labels:
                labels = change_labels(labels)
            return images, labels

        return wrong

    mistakes = [
        (lambda samples: one_by_one(samples)[::-1], swapped),
        (
            lambda samples: one_by_one(samples)[0],
            checks.say("标签呢？两样都要返回", "where are the labels? Return both"),
        ),
        (variant(lambda images: images.squeeze(1)), pixels),
        (variant(lambda images: images.flatten(0, 1)), joined),
        (variant(lambda images: images.movedim(0, -1)), not_last),
        (variant(lambda images: images.movedim(0, 1)), not_last),
        (variant(lambda images: list(images)), images_list),
        (variant(lambda images: list(images), lambda labels: labels.tolist()), images_list),
        (variant(lambda images: tuple(images), lambda labels: tuple(labels.tolist())), images_list),
        (variant(lambda images: tuple(images)), images_list),
        (variant(None, lambda labels: labels.tolist()), a_list),
        (variant(None, lambda labels: tuple(labels.tolist())), a_list),
        (variant(None, lambda labels: labels.float()), whole),
        (variant(None, lambda labels: labels[:, None]), column),
        (variant(lambda images: images.flatten(1)), pixels),
        (variant(lambda images: images.float()), kept),
    ]

    def check_stack(samples):
        checks.returns(stacked, Samples(samples), expected=one_by_one(samples), mistakes=mistakes)

    checks.true(
        "default_collate" not in getattr(getattr(stack_samples, "__code__", None), "co_names", ()),
        checks.say(
            "这里要自己叠，不调用 `default_collate`", "stack them yourself here, without `default_collate`"
        ),
    )
    check_stack([(torch.zeros(2, 2, 3), 3), (torch.ones(2, 2, 3), 5)])
    check_stack([(torch.zeros(1, 2, 3), 7), (torch.ones(1, 2, 3), 0)])
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        for n, shape, kind in [
            (4, (3, 5, 2), torch.float32),
            (1, (1, 28, 28), torch.float32),
            (3, (4, 4), torch.float64),
            (2, (1, 3, 3), torch.uint8),
            (5, (7,), torch.float32),
        ]:
            labels = torch.randint(10, (n,)).tolist()
            check_stack([((200 * torch.rand(shape)).to(kind), label) for label in labels])
        samples = [(torch.rand(1, 2, 2), i % 3) for i in range(5)]
        for number, batch in enumerate(DataLoader(samples, batch_size=2, collate_fn=stacked)):
            checks.equal(
                batch,
                one_by_one(samples[2 * number : 2 * number + 2]),
                name=checks.say("`DataLoader` 的一批", "a batch of the `DataLoader`"),
            )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### `num_workers`：请几个帮手
#
# 平时 `DataLoader` 在你的程序里自己取样本（`num_workers=0`）¹。写 `num_workers=2`，它就另开 2 个**工作进程**，各自准备好整批，再送回来；你的程序训练这一批时，它们已经在准备下一批了。
#
# 帮手不是免费的：
#
# - 每个轮次开始都要启动它们，结束时又关掉（`persistent_workers=True` 会留着它们）；
# - 每一批都要从一个进程送到另一个进程；
# - 在 macOS 和 Windows 上（从 Python 3.14 起 Linux 也类似），新进程是从头启动的，要重新导入 PyTorch，数据集也要打包送过去。这时**写在笔记本里的** Dataset 类送不过去，因为新进程看不到你的笔记本：把类放进一个 `.py` 文件再导入。FashionMNIST 的类在 torchvision 里，没有问题。在脚本里，启动的代码还要放进 `if __name__ == "__main__":`。
#
# 下面量一量：同样的 4000 张图片，每批 64 张，只取不训练，每秒能取多少张？最后一条是对照：图片已经全部在一个张量里，打乱的索引每次切下 64 个，一次取出一批。每次量出的数都不同，看个大概就好；在 macOS 和 Windows 上要等几十秒，而且差距更大。
#
# <small>¹ 原文说它「使用 Python 的 multiprocessing 来加速」。那要另外写明 `num_workers`，而且不一定更快。</small>

# %% [markdown] tags=["en"]
# ### `num_workers`: hiring helpers
#
# Normally the `DataLoader` fetches the samples inside your own program (`num_workers=0`)¹. With `num_workers=2` it starts 2 **worker processes**, which prepare whole batches and send them over; while your program trains with one batch, they are busy with the next.
#
# Helpers are not free:
#
# - they are started at the beginning of every epoch and stopped at its end (`persistent_workers=True` keeps them);
# - every batch has to be sent from one process to another;
# - on macOS and Windows (and, from Python 3.14, much the same on Linux) a new process starts from nothing: it has to import PyTorch again, and the dataset is packed up and sent there. A Dataset class **written in a notebook** can't be sent, for the new process does not know your notebook: put the class into a `.py` file and import it. FashionMNIST's class is in torchvision, so it is fine. In a script, put the code that starts it all under `if __name__ == "__main__":`.
#
# Let us measure: the same 4000 pictures in batches of 64, loaded but not trained with; how many per second? The last bar is there to compare with: all pictures are in one tensor already, and 64 shuffled indices at a time take a batch out of it. The numbers differ each time, so look at the orders of magnitude; on macOS and Windows the cell takes some tens of seconds, and the gap is wider.
#
# <small>¹ The original document says that it "uses Python's multiprocessing to speed up" loading. Only if you ask for it with `num_workers`, and then it is not always faster.</small>


# %% tags=["nbval-ignore-output"]
def pictures_per_second(batches):
    start = time.perf_counter()
    count = 0
    for images, _ in batches:
        count += len(images)
    return count / (time.perf_counter() - start)


part = Subset(training_data, range(4000))
all_images, all_labels = next(iter(DataLoader(part, batch_size=4000)))
speeds = {}
for workers in (0, 1, 2):
    speeds[f"num_workers={workers}"] = pictures_per_second(
        DataLoader(part, batch_size=64, num_workers=workers)
    )
tensor_batches = ((all_images[i], all_labels[i]) for i in torch.randperm(4000).split(64))
speeds["indexing a tensor"] = pictures_per_second(tensor_batches)

figure, axis = plt.subplots(figsize=(7, 2.4))
bars = axis.barh(list(speeds), list(speeds.values()), color=["#56b4e9"] * 3 + ["#e69f00"])
axis.bar_label(bars, fmt="{:,.0f}", padding=3)
axis.set_xscale("log")
axis.set_xlim(min(1000, min(speeds.values()) / 2), max(speeds.values()) * 10)
axis.set_xlabel("pictures per second (each step of the scale is 10 times as many)")
axis.invert_yaxis()
axis.spines[["top", "right"]].set_visible(False)
figure.tight_layout()
plt.show()

# %% [markdown] tags=["zh"]
# 对这么小的图片，帮手多半帮倒忙：启动进程和传送数据花的时间，比取图片本身还多。一个样本本身很费工夫的时候，帮手才划算：解码大照片，随机裁剪和旋转（数据增强），从慢的硬盘上读。要不要用、用几个，量一量再定。
#
# 从张量里取比哪一种都快得多：数据装得进内存，又不需要每次重新变换，就不妨整个放进张量。`TensorDataset(images, labels)` 把张量变成数据集，第 i 个样本是 `(images[i], labels[i])`；标签这时是只装一个数的张量，不是 `int`。

# %% [markdown] tags=["en"]
# For pictures as tiny as these, helpers mostly hinder: starting them and sending the batches takes longer than fetching the pictures. Helpers pay off where a single sample costs much: decoding large photographs, random cropping and rotating (augmentation), reading from a slow disk. Whether to use them, and how many, is best decided by measuring.
#
# Taking from a tensor beats everything by far: if the data fits into memory and need not be transformed anew each time, put it all into tensors. `TensorDataset(images, labels)` makes a dataset of them, whose sample i is `(images[i], labels[i])`; a label is then a tensor of one number, not an `int`.

# %%
in_memory = TensorDataset(all_images, all_labels)
image, label = in_memory[0]
print(len(in_memory), tuple(image.shape), tuple(label.shape), label.dtype)

# %% [markdown] tags=["zh"]
# ## 2.5 遍历 DataLoader
#
# `DataLoader` 可以用 `for` 反复遍历，它自己却不是迭代器¹：`iter(loader)` 开始新的一遍，返回迭代器；`next` 从迭代器里取下一批。
#
# <small>¹ 原文说「DataLoader 是一个迭代器」。它是**可迭代对象**（iterable），正因为这样才能一个轮次接一个轮次地走；迭代器走完一遍就用完了。</small>

# %% [markdown] tags=["en"]
# ## 2.5 Iterating through the DataLoader
#
# A `for` loop can go over a `DataLoader` again and again, but the loader itself is not an iterator¹: `iter(loader)` begins a new pass and returns an iterator, and `next` takes the next batch from that.
#
# <small>¹ The original document calls a DataLoader an iterator. It is an **iterable**, which is why one epoch can follow another; an iterator is used up after one pass.</small>

# %%
try:
    next(train_dataloader)
except TypeError as error:
    print(error)

# %%
torch.manual_seed(0)
train_features, train_labels = next(iter(train_dataloader))
print(f"Feature batch shape: {train_features.size()}")
print(f"Labels batch shape: {train_labels.size()}")

# %% [markdown] tags=["zh"]
# 一批有 64 张图片和 64 个标签，形状 `(64, 1, 28, 28)` 是（样本，通道，高，宽）。取出第一张看看；标签是只装一个数的张量，`.item()` 得到 `int`，再查名字。

# %% [markdown] tags=["en"]
# A batch holds 64 pictures and 64 labels; its shape `(64, 1, 28, 28)` means (samples, channels, height, width). Let us look at the first picture. Its label is a tensor of one number; `.item()` makes it an `int` to look up the name with.

# %%
img = train_features[0].squeeze()
label = train_labels[0].item()
plt.figure(figsize=(2.5, 2.5))
plt.imshow(img, cmap="gray")
plt.title(training_data.classes[label])
plt.axis("off")
plt.show()

# %% [markdown] tags=["zh"]
# 什么时候重新打乱？原文说「遍历所有批量后」；准确地说，是每次开始新的一遍的时候，也就是每次 `iter()`，上一遍有没有走完都一样。所以 `next(iter(loader))` 写两次，得到的不是第一批和第二批，而是两个不同顺序的第一批。

# %% [markdown] tags=["en"]
# When is the order shuffled anew? The original document says "after all batches have been visited"; to be exact, whenever a new pass begins, that is, at each `iter()`, whether or not the last pass was finished. So `next(iter(loader))` twice does not give the first and the second batch, but two first batches of different orders.

# %%
torch.manual_seed(0)
loader = DataLoader(range(6), batch_size=2, shuffle=True)
print("new passes:", next(iter(loader)).tolist(), next(iter(loader)).tolist())
one_pass = iter(loader)
print("one pass:  ", next(one_pass).tolist(), next(one_pass).tolist(), next(one_pass).tolist())

# %% [markdown] tags=["zh"]
# 训练时，循环体里放训练的一步。这里先只数一数：一个轮次有多少批，多少个样本，最后一批多大。数测试集，一会儿就完：10,000 = 156 × 64 + 16。训练集有多少批，问 `len` 就行，不用走一遍：60,000 = 937 × 64 + 32。

# %% [markdown] tags=["en"]
# In training, a training step goes into the body of the loop. For now we only count: how many batches an epoch has, how many samples, and how large the last batch is. We count the test set, which is soon done: 10,000 = 156 × 64 + 16. The number of batches in the training set needs no pass, `len` knows it: 60,000 = 937 × 64 + 32.

# %%
batch_count, sample_count = 0, 0
for _, labels in test_dataloader:
    batch_count += 1
    sample_count += len(labels)
print(batch_count, sample_count, len(labels))
print(len(test_dataloader), len(train_dataloader))

# %% [markdown] tags=["zh"]
# ### 批的平均不是样本的平均
#
# 最后一批短，会带来一个常见的错误。5 个样本的值是 1、1、1、1、6，平均是 10 ÷ 5 = 2。每批 4 个：第一批的平均是 1，第二批只有一个样本，平均是 6；两批再取平均，得到 3.5。错在那个落单的样本一个顶了四个。

# %% [markdown] tags=["en"]
# ### A mean of batches is not a mean of samples
#
# A short last batch leads to a common mistake. Five samples have the values 1, 1, 1, 1 and 6; their mean is 10 ÷ 5 = 2. In batches of 4, the first has the mean 1 and the second, a single sample, the mean 6; the mean of those two is 3.5. The lonely sample counted as much as the other four together.

# %%
values = torch.tensor([1.0, 1.0, 1.0, 1.0, 6.0])
batch_means = torch.stack([batch.mean() for batch in DataLoader(values, batch_size=4)])
print(
    f"batch means {batch_means.tolist()}, their mean {batch_means.mean():.1f}, true mean {values.mean():.1f}"
)

# %% [markdown] tags=["zh"]
# 所以不要对平均数再取平均：一路累加**总和**与**个数**，最后才相除。

# %% [markdown] tags=["en"]
# So don't average averages: add up the **total** and the **number** as you go, and divide at the end.

# %%
total, number = 0.0, 0
for batch in DataLoader(values, batch_size=4):
    total += batch.sum().item()
    number += len(batch)
print(total / number)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.5a · 哪一类最亮（3 分）
#
# 写函数 `mean_brightness_per_class(loader, classes)`：`loader` 给出 `(images, labels)`，`images` 是 `float32`，形状 `(批的大小, …)`，`labels` 是 `int64`；所有图片形状相同。返回 `float32` 张量，形状 `(classes,)`：第 c 个数是标签为 c 的所有图片的所有像素的平均值，一个样本也没有的类别是 0。
#
# 最后一批可能短，一批里可能缺某些类别。`loader` 只许走一遍。
#
# 例：图片是 `[[0.2, 0.4]]`、`[[1.0, 1.0]]`、`[[0.0, 0.2]]`，标签是 0、2、0，`classes` 是 3，得到 `tensor([0.2000, 0.0000, 1.0000])`，不管怎么分批。
#
# <details><summary>提示 1</summary>每一类都要累加两样东西：像素的总和，像素的个数。</details>
# <details><summary>提示 2</summary><code>images[labels == c]</code> 是这一批里标签为 c 的图片，可能是空的；空张量的和是 0。</details>
# <details><summary>提示 3</summary>最后相除。个数是 0 的类别，总和也是 0：用 <code>clamp</code> 让除数至少是 1。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.5a · Which class is brightest? (3 points)
#
# Write `mean_brightness_per_class(loader, classes)`: `loader` gives `(images, labels)`, where `images` is `float32` of shape `(batch size, …)` and `labels` is `int64`; all pictures have the same shape. Return a `float32` tensor of shape `(classes,)`: number c is the mean over all pixels of all pictures with label c, or 0 for a class without any sample.
#
# The last batch may be short, and a batch may lack some classes. Go through `loader` once only.
#
# Example: with the pictures `[[0.2, 0.4]]`, `[[1.0, 1.0]]`, `[[0.0, 0.2]]`, the labels 0, 2, 0 and `classes` 3 you get `tensor([0.2000, 0.0000, 1.0000])`, whatever the batches.
#
# <details><summary>Hint 1</summary>For each class add up two things: the total of the pixels, and how many there are.</details>
# <details><summary>Hint 2</summary><code>images[labels == c]</code> are this batch's pictures with label c. There may be none; the sum of an empty tensor is 0.</details>
# <details><summary>Hint 3</summary>Divide at the end. A class whose number is 0 has total 0 too: with <code>clamp</code> the divisor is at least 1.</details>


# %% nbgrader={"grade": false, "grade_id": "mean_brightness_per_class", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean_brightness_per_class(loader: DataLoader, classes: int) -> torch.Tensor:
    """loader of images (b, ...), labels (b) -> means (classes) float32"""
    ### BEGIN SOLUTION
    total = torch.zeros(classes)
    count = torch.zeros(classes)
    for images, labels in loader:
        for c in range(classes):
            pictures = images[labels == c]
            total[c] += pictures.sum()
            count[c] += pictures.numel()
    return total / count.clamp(min=1)
    ### END SOLUTION


# %% tags=["exercise"]
pictures = torch.tensor([[[0.2, 0.4]], [[1.0, 1.0]], [[0.0, 0.2]]])
mean_brightness_per_class(DataLoader(TensorDataset(pictures, torch.tensor([0, 2, 0])), batch_size=2), 3)

# %% nbgrader={"grade": true, "grade_id": "mean_brightness_per_class-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch.utils.data import DataLoader, TensorDataset

from pytorch_learning import checks

with checks.exercise("mean_brightness_per_class"):

    class CountingLoader(DataLoader):
        """A DataLoader that counts how often a pass over it begins."""

        passes = 0

        def __iter__(self):
            self.passes += 1
            return super().__iter__()

    def right(loader, classes):
        result = torch.zeros(classes)
        samples = [loader.dataset[i] for i in range(len(loader.dataset))]
        for c in range(classes):
            pixels = [image.double().flatten() for image, label in samples if label == c]
            result[c] = torch.cat(pixels).mean() if pixels else 0.0
        return result

    def by_batch(loader, classes):
        """The mean of the batches' means, of those batches in which the class is."""
        means = [[] for _ in range(classes)]
        for images, labels in DataLoader(loader.dataset, batch_size=loader.batch_size):
            for c in labels.unique():
                means[c].append(images[labels == c].mean())
        return torch.stack([torch.stack(m).mean() if m else torch.tensor(0.0) for m in means])

    def by_all_batches(loader, classes):
        """The same, but divided by the number of all batches."""
        result, number = torch.zeros(classes), 0
        for images, labels in DataLoader(loader.dataset, batch_size=loader.batch_size):
            number += 1
            for c in labels.unique():
                result[c] += images[labels == c].mean()
        return result / number

    def per_picture(loader, classes):
        image = loader.dataset[0][0]
        return right(loader, classes) * image.numel()

    def last_batch_only(loader, classes):
        *_, (images, labels) = DataLoader(loader.dataset, batch_size=loader.batch_size)
        return torch.stack(
            [images[labels == c].mean() if (labels == c).any() else torch.tensor(0.0) for c in range(classes)]
        )

    def first_batch_only(loader, classes):
        images, labels = next(iter(DataLoader(loader.dataset, batch_size=loader.batch_size)))
        return torch.stack(
            [images[labels == c].mean() if (labels == c).any() else torch.tensor(0.0) for c in range(classes)]
        )

    def occurring(loader, classes):
        return right(loader, classes)[loader.dataset.tensors[1].unique()]

    def one_for_all(loader, classes):
        return loader.dataset.tensors[0].mean()

    def totals(loader, classes):
        counts = torch.bincount(loader.dataset.tensors[1], minlength=classes)
        return per_picture(loader, classes) * counts

    def over_all_samples(loader, classes):
        counts = torch.bincount(loader.dataset.tensors[1], minlength=classes)
        return right(loader, classes) * counts / counts.sum()

    def overwritten(loader, classes):
        """For each class the last batch that it is in."""
        result = torch.zeros(classes)
        for images, labels in DataLoader(loader.dataset, batch_size=loader.batch_size):
            for c in labels.unique():
                result[c] = images[labels == c].mean()
        return result

    def indexed(loader, classes):
        """Adds with an index, which adds only once where a label occurs several times."""
        totals, numbers = torch.zeros(classes), torch.zeros(classes)
        for images, labels in DataLoader(loader.dataset, batch_size=loader.batch_size):
            totals[labels] += images.flatten(1).sum(1)
            numbers[labels] += images[0].numel()
        return totals / numbers.clamp(min=1)

    def with_nan(loader, classes):
        counts = torch.bincount(loader.dataset.tensors[1], minlength=classes)
        return torch.where(counts > 0, right(loader, classes), torch.nan)

    averages = checks.say(
        "这是各批平均值的平均：一类在各批里的样本数不同，要累加总和与个数，最后才相除",
        "that is a mean of the batches' means, but a class has more samples in some batches than in others: "
        "add up totals and numbers, and divide at the end",
    )
    every_class = checks.say(
        "每个类别都要有一个数，没有样本的类别也要：结果的形状是 `(classes,)`",
        "every class needs a number, those without samples too: the result has shape `(classes,)`",
    )
    mistakes = [
        (by_batch, averages),
        (by_all_batches, averages),
        (
            last_batch_only,
            checks.say("只算了最后一批：每一批都要累加", "that is the last batch only: every batch counts"),
        ),
        (
            first_batch_only,
            checks.say(
                "只算了第一批：`return` 是不是写在循环里面了？",
                "that is the first batch only: is the `return` inside the loop?",
            ),
        ),
        (
            indexed,
            checks.say(
                "`totals[labels] += …` 对一批里重复的标签只加一次：逐类用 `labels == c` 取出来加，或用 `index_add_`",
                "`totals[labels] += …` adds only once where a label occurs several times in a batch: add class by class, "
                "with `labels == c`, or use `index_add_`",
            ),
        ),
        (
            overwritten,
            checks.say(
                "每一类只剩下它最后出现的那一批：要累加（`+=`），不要覆盖",
                "of each class only the last batch that has it is left: add up (`+=`), don't overwrite",
            ),
        ),
        (occurring, every_class),
        (one_for_all, every_class),
        (
            per_picture,
            checks.say(
                "总和除以了样本数，还要除以每张图片的像素数",
                "the total is divided by the number of pictures; divide by the pixels of a picture too",
            ),
        ),
        (
            totals,
            checks.say("这是总和：还要除以像素的个数", "those are totals: divide by the number of pixels"),
        ),
        (
            over_all_samples,
            checks.say(
                "除以了所有样本的个数：每一类只除以自己的",
                "you divided by the number of all samples: each class has its own number",
            ),
        ),
        (
            with_nan,
            checks.say(
                "没有样本的类别得到了 nan（0 ÷ 0）：应该是 0",
                "a class without samples became nan (0 ÷ 0): it should be 0",
            ),
        ),
    ]

    def check_brightness(images, labels, classes, batch_size, shuffle=False):
        loader = CountingLoader(TensorDataset(images, labels), batch_size=batch_size, shuffle=shuffle)
        checks.returns(
            mean_brightness_per_class, loader, classes, expected=right(loader, classes), mistakes=mistakes
        )
        checks.true(
            loader.passes > 0,
            checks.say(
                "没有用到 `loader`：要走一遍它给出的每一批", "`loader` was not used: go through its batches"
            ),
        )
        checks.true(
            loader.passes == 1,
            checks.say(
                f"`loader` 走了 {loader.passes} 遍，只许一遍：每一批里把所有类别都算好",
                f"`loader` was gone through {loader.passes} times, once is allowed: deal with all classes in each batch",
            ),
        )

    pictures = torch.tensor([[[0.2, 0.4]], [[1.0, 1.0]], [[0.0, 0.2]], [[0.5, 0.7]], [[0.9, 0.9]]])
    check_brightness(pictures, torch.tensor([0, 2, 0, 2, 2]), 4, 3)
    check_brightness(pictures, torch.tensor([0, 2, 0, 0, 0]), 4, 4)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        for n, shape, classes, batch_size in [
            (23, (1, 4, 5), 5, 4),
            (7, (3, 2, 2), 10, 7),
            (9, (6,), 2, 2),
            (1, (1, 3, 3), 3, 8),
            (12, (2, 3), 1, 5),
        ]:
            labels = torch.randint(classes, (n,))
            check_brightness(torch.rand(n, *shape), labels, classes, batch_size)
            check_brightness(torch.rand(n, *shape), labels, classes, batch_size, shuffle=True)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 2.5b · 重新合在一起（2 分）
#
# 写函数 `collect(loader)`：把 `loader` 给出的所有批 `(images, labels)` 合成两个张量，返回元组 `(images, labels)`，形状 `(n, …)` 和 `(n,)`，n 是样本总数，dtype 不变，顺序就是 `loader` 给出的顺序。
#
# 至少有一批；最后一批可能短。`loader` 可能打乱：同一个样本的图片和标签要在同一个位置。
#
# 例：`loader` 依次给出 4、4、2 张 `(1, 28, 28)` 的图片，得到形状 `(10, 1, 28, 28)` 和 `(10,)`。
#
# <details><summary>提示 1</summary>走一遍，把每一批的图片和标签各收进一个列表。</details>
# <details><summary>提示 2</summary>批与批要接起来，不要叠起来：最后一批可能短（1.4.2 节）。</details>
# <details><summary>提示 3</summary><code>torch.cat</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 2.5b · Together again (2 points)
#
# Write `collect(loader)`: join all the batches `(images, labels)` that `loader` gives and return a tuple `(images, labels)` of two tensors of shapes `(n, …)` and `(n,)`, n being the number of all samples, in their dtypes and in the order in which `loader` gives them.
#
# There is at least one batch, and the last may be short. `loader` may shuffle: a sample's picture and label must be at the same place.
#
# Example: a `loader` that gives 4, 4 and 2 pictures of shape `(1, 28, 28)` makes `(10, 1, 28, 28)` and `(10,)`.
#
# <details><summary>Hint 1</summary>In one pass, gather each batch's pictures in one list and its labels in another.</details>
# <details><summary>Hint 2</summary>Batches are joined, not stacked: the last may be short (1.4.2).</details>
# <details><summary>Hint 3</summary><code>torch.cat</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "collect", "locked": false, "schema_version": 3, "solution": true, "task": false}
def collect(loader: DataLoader) -> tuple[torch.Tensor, torch.Tensor]:
    """loader of images (b, ...), labels (b) -> images (n, ...), labels (n)"""
    ### BEGIN SOLUTION
    all_images, all_labels = [], []
    for images, labels in loader:
        all_images.append(images)
        all_labels.append(labels)
    return torch.cat(all_images), torch.cat(all_labels)
    ### END SOLUTION


# %% tags=["exercise"]
images, labels = collect(DataLoader(TensorDataset(torch.rand(10, 1, 28, 28), torch.arange(10)), batch_size=4))
print(images.shape, labels)

# %% nbgrader={"grade": true, "grade_id": "collect-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch.utils.data import DataLoader, TensorDataset

from pytorch_learning import checks

with checks.exercise("collect"):

    class RecordingLoader(DataLoader):
        """A DataLoader that remembers the samples it has given, pass by pass."""

        given = ()

        def __iter__(self):
            self.given = (*self.given, [])
            for images, labels in super().__iter__():
                self.given[-1].extend(zip(images, labels, strict=True))
                yield images, labels

    def collected(loader):
        result = collect(loader)
        return tuple(result) if isinstance(result, list) else result

    collected.__name__ = "collect"

    def check_collect(images, labels, batch_size, shuffle=False):
        loader = RecordingLoader(TensorDataset(images, labels), batch_size=batch_size, shuffle=shuffle)
        size = batch_size
        mistakes = [
            (
                lambda loader: (labels, images),
                checks.say("顺序反了：先图片，后标签", "the wrong way round: images first, then labels"),
            ),
            (lambda loader: images, checks.say("标签呢？两样都要返回", "where are the labels? Return both")),
            (
                lambda loader: (images[:size], labels[:size]),
                checks.say(
                    "这只是第一批：`return` 是不是写在循环里面了？",
                    "that is the first batch only: is the `return` inside the loop?",
                ),
            ),
            (
                lambda loader: (
                    images[(len(images) - 1) // size * size :],
                    labels[(len(images) - 1) // size * size :],
                ),
                checks.say(
                    "这只是最后一批：每一批都要收起来", "that is the last batch only: gather every batch"
                ),
            ),
            (
                lambda loader: (
                    torch.cat([images[:size]] * len(loader)),
                    torch.cat([labels[:size]] * len(loader)),
                ),
                checks.say(
                    "每次得到的都是第一批：`iter(loader)` 每调用一次就重新开始一遍，只调用一次，或用 `for`",
                    "that is the first batch again and again: each `iter(loader)` begins a new pass, so call it once, "
                    "or use `for`",
                ),
            ),
            (
                lambda loader: (images[: len(images) // size * size], labels[: len(images) // size * size]),
                checks.say("短的最后一批不见了", "the short last batch is missing"),
            ),
            (
                lambda loader: (list(images.split(size)), list(labels.split(size))),
                checks.say(
                    "这是批的列表：还要用 `torch.cat` 接成一个张量",
                    "those are lists of batches: join each into one tensor with `torch.cat`",
                ),
            ),
            (
                lambda loader: (images, labels.tolist()),
                checks.say("标签要是一个张量，不是列表", "the labels should be a tensor, not a list"),
            ),
            (
                lambda loader: (images, labels.float()),
                checks.say("标签的 dtype 要保留", "keep the labels' dtype"),
            ),
        ]
        if shuffle:
            result = collected(loader)
            checks.true(
                bool(loader.given),
                checks.say("没有用到 `loader` 给出的批", "the batches of `loader` were not used"),
            )
            passes = [
                (torch.stack([image for image, _ in given]), torch.stack([label for _, label in given]))
                for given in loader.given
                if len(given) == len(images)
            ]
            torn = checks.say(
                "`loader` 打乱时，图片和标签对不上了：是不是走了两遍？每一遍的顺序都不同，"
                "两样要在同一遍里收，也不要绕过 `loader` 去取",
                "where `loader` shuffles, pictures and labels don't belong together: did you go through it twice? "
                "Each pass has another order, so gather both in the same pass, and don't go round `loader`",
            )
            of_one_pass = [
                given
                for given in passes
                if isinstance(result, tuple)
                and len(result) == 2
                and all(
                    isinstance(a, torch.Tensor) and torch.equal(a, b)
                    for a, b in zip(result, given, strict=True)
                )
            ]
            expected = (of_one_pass or passes or [(images, labels)])[0]
            checks.equal(result, expected, name="collect(loader)", hint=torn)
        else:
            checks.returns(collected, loader, expected=(images, labels), mistakes=mistakes)

    check_collect(torch.arange(10.0).reshape(5, 1, 2), torch.tensor([3, 1, 4, 1, 5]), 2)
    check_collect(torch.arange(24.0).reshape(12, 1, 2), torch.arange(12), 5, shuffle=True)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        for n, shape, batch_size in [
            (11, (1, 3, 2), 4),
            (8, (3, 2, 2), 4),
            (3, (5,), 10),
            (1, (1, 4), 1),
            (5, (2,), 1),
        ]:
            check_collect(torch.rand(n, *shape), torch.randint(9, (n,)), batch_size)
        check_collect(torch.randint(256, (7, 2, 2), dtype=torch.uint8), torch.arange(7), 3)
        check_collect(torch.rand(15, 1, 2), torch.arange(15), 4, shuffle=True)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 现在你会了
#
# - 加载 Fashion-MNIST，取出样本，看图片和类别名；
# - 为自己的文件写一个 `Dataset`：`__init__`、`__len__`、`__getitem__`；
# - 用 `DataLoader` 分批、打乱，并且让打乱的顺序可以重现；
# - 分出验证集，平衡少见的类别，自己写 `collate_fn`；
# - 遍历一个轮次，并且在最后一批短的时候也算对平均值。
#
# 接下来读：PyTorch 官方的 [Datasets & DataLoaders 教程](https://docs.pytorch.org/tutorials/beginner/basics/data_tutorial.html)和 [`torch.utils.data` 的文档](https://docs.pytorch.org/docs/stable/data.html)。

# %% [markdown] tags=["en"]
# ## What you can do now
#
# - load Fashion-MNIST, take out samples, look at the pictures and the names of their classes;
# - write a `Dataset` for your own files: `__init__`, `__len__`, `__getitem__`;
# - make batches with a `DataLoader`, shuffle, and make the shuffling repeatable;
# - split off a validation set, balance rare classes, write a `collate_fn` of your own;
# - go through an epoch, and get means right even where the last batch is short.
#
# Read on: PyTorch's own [tutorial on Datasets and DataLoaders](https://docs.pytorch.org/tutorials/beginner/basics/data_tutorial.html) and the [documentation of `torch.utils.data`](https://docs.pytorch.org/docs/stable/data.html).

# %% [markdown] tags=["zh", "exercise"]
# ## 成绩
#
# 运行下面的单元格，看看每道练习的情况。没有通过的，回去再试；改完答案要重新运行检查单元格。

# %% [markdown] tags=["en", "exercise"]
# ## Your points
#
# Run the cell below to see how each exercise stands. Go back to those that have not passed; after changing an answer, run its check again.

# %% tags=["exercise"]
checks.summary("02_datasets")
