# ---
# jupyter:
#   jupytext:
#     formats: 03_transforms//ipynb,py:percent
#     notebook_metadata_filter: jupytext,-jupytext.text_representation,-kernelspec
# ---

# %% [markdown] tags=["zh"]
# # 3 变换
#
# 原始数据很少正好是网络需要的样子：图片是 Pillow 对象，像素是 0 到 255 的整数，标签是一个数。**变换**（transform）就是在取样本时对它做的加工。学完这一节，你会把图片变成合适的张量，把标签变成独热向量，还会用数据增强，让同样的图片派上更多用场。
#
# - **怎么学**：从上往下读，每个代码单元格都运行一下（`Shift`+`Enter`），改一改再运行。
# - **怎么练**：练习在讲解后面。写答案，运行，再运行下面的检查单元格：绿色的一行表示通过，红色的会告诉你错在哪里。
# - **多少**：8 道练习，共 19 分，大约 2 小时。

# %% [markdown] tags=["en"]
# # 3 Transforms
#
# Data seldom arrives the way a network wants it: pictures are Pillow objects, their pixels are whole numbers from 0 to 255, a label is a single number. A **transform** is what you do to a sample as it is taken out of the dataset. After this section you can turn a picture into the right tensor and a label into a one-hot vector, and get more out of the same pictures by augmentation.
#
# - **How to read**: from top to bottom, running every code cell (`Shift`+`Enter`). Change something and run it again.
# - **How to practise**: exercises follow the explanations. Write your answer, run it, then run the check below it: a green line means it passed, a red one tells you what is wrong.
# - **How much**: 8 exercises, 19 points, about 2 hours.

# %%
import matplotlib.pyplot as plt
import numpy as np
import torch
from PIL import Image
from torch.nn import functional
from torchvision import datasets
from torchvision.transforms import Lambda, ToTensor, v2

from pytorch_learning import checks, plots
from pytorch_learning.data import data_root

# %% tags=["zh"]
checks.language("zh")

# %% tags=["en"]
checks.language("en")

# %% [markdown] tags=["zh"]
# torchvision 的数据集都有两个参数：`transform` 加工图片，`target_transform` 加工标签。两个都可以是任何能调用的东西，例如函数。下面这个数据集两样都有，取第一个样本看看；这一节就来弄懂这几行。

# %% [markdown] tags=["en"]
# Every dataset of torchvision has two parameters: `transform` for the picture and `target_transform` for the label. Each may be anything that can be called, such as a function. The dataset below has both; look at its first sample. This section explains these lines.

# %% tags=["nbval-ignore-output"]
root = data_root()

# %%
ds = datasets.FashionMNIST(
    root=root,
    train=True,
    download=True,
    transform=ToTensor(),
    target_transform=Lambda(
        lambda y: torch.zeros(10, dtype=torch.float).scatter_(0, torch.tensor(y), value=1)
    ),
)
image, label = ds[0]
print(image.shape, image.dtype)
print(label.shape, label.dtype)

# %% [markdown] tags=["zh"]
# ## 3.1 ToTensor()
#
# 先看没有变换的样本：一张 Pillow 图片和一个 `int`。`np.asarray` 让我们看到里面的数。

# %% [markdown] tags=["en"]
# ## 3.1 ToTensor()
#
# First a sample without any transform: a Pillow picture and an `int`. `np.asarray` shows the numbers in the picture.

# %%
plain = datasets.FashionMNIST(root=root, train=True, download=True)
picture, label = plain[0]
pixels = np.asarray(picture)
print(type(label).__name__, picture.mode, picture.size)
print(pixels.shape, pixels.dtype)

# %% [markdown] tags=["zh"]
# `ToTensor()` 做了三件事：
#
# 1. 变成张量，dtype 是 `float32`；
# 2. 每个像素除以 255，于是 0 到 255 变成 0 到 1；
# 3. 把通道放到最前面：(h, w, c) 变成 (c, h, w)；灰度图 (h, w) 变成 (1, h, w)。
#
# 上面是图片中间的一小块，下面是变换以后的同一块。

# %% [markdown] tags=["en"]
# `ToTensor()` does three things:
#
# 1. it makes a tensor of dtype `float32`;
# 2. it divides each pixel by 255, so 0 to 255 becomes 0 to 1;
# 3. it puts the channels first: (h, w, c) becomes (c, h, w), and a grey picture (h, w) becomes (1, h, w).
#
# Above is a small piece from the middle of the picture, below the same piece after the transform.

# %%
image = ToTensor()(picture)
plots.tensor_grid(torch.from_numpy(pixels[12:16, 12:17].copy()), titles=["pixels"])
plots.tensor_grid(image[0, 12:16, 12:17], titles=["ToTensor()(picture)"])

# %% [markdown] tags=["zh"]
# 彩色图片更看得出第三点。造一张 2 行 3 列的红色图片：数组是 (高, 宽, 通道)，张量是 (通道, 高, 宽)。

# %% [markdown] tags=["en"]
# A colour picture shows the third point better. Here is a red picture of 2 rows and 3 columns: as an array it is (height, width, channels), as a tensor (channels, height, width).

# %%
red = np.zeros((2, 3, 3), dtype=np.uint8)
red[..., 0] = 255
print(red.shape, "->", ToTensor()(red).shape)
print(ToTensor()(red)[:, 0, 0])

# %% [markdown] tags=["zh"]
# ### 使用 `ToTensor` 要注意的地方
#
# 只有 `uint8` 才除以 255。别的 dtype 数值不变，不报错，也不警告：

# %% [markdown] tags=["en"]
# ### The quirks of `ToTensor`
#
# It divides by 255 only where the dtype is `uint8`. Any other goes through as it is, without an error or a warning:

# %%
for kind in (np.uint8, np.int64, np.float32):
    array = np.full((2, 2, 1), 255, dtype=kind)
    print(array.dtype, "->", ToTensor()(array).max().item())

# %% [markdown] tags=["zh"]
# 它也不接受已经是张量的输入：

# %% [markdown] tags=["en"]
# And it refuses anything that is already a tensor:

# %%
try:
    ToTensor()(image)
except TypeError as error:
    print(error)

# %% [markdown] tags=["zh"]
# ### 今天的写法：v2
#
# torchvision 现在推荐的是 `torchvision.transforms.v2`，那里的 `ToTensor` 已经弃用¹，因为它把两件不相干的事绑在了一起。v2 把它们分开，哪一步做什么一目了然：
#
# - `v2.ToImage()`：变成张量（打印出来是 `Image(…)`，也是张量），通道放到最前面，数不变；
# - `v2.ToDtype(torch.float32, scale=True)`：换 dtype，`scale=True` 表示同时把范围换成 0 到 1。
#
# `v2.Compose([…])` 把几个变换串起来，从左到右依次做。
#
# <small>¹ 原文用的 `torchvision.transforms.ToTensor` 仍然能用，以后的版本不会再增加功能；`v2.ToTensor()` 一创建就会警告。</small>

# %% [markdown] tags=["en"]
# ### Today's way: v2
#
# What torchvision recommends now is `torchvision.transforms.v2`, where `ToTensor` is deprecated¹, because it ties together two things that have nothing to do with each other. In v2 they are apart, and each step says what it does:
#
# - `v2.ToImage()` makes a tensor, which prints as `Image(…)`, and puts the channels first; the numbers stay.
# - `v2.ToDtype(torch.float32, scale=True)` changes the dtype, and with `scale=True` the range becomes 0 to 1 as well.
#
# `v2.Compose([…])` strings transforms together, from left to right.
#
# <small>¹ The original document's `torchvision.transforms.ToTensor` still works but gets no new features; `v2.ToTensor()` warns as soon as you create it.</small>

# %%
to_float = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])
print(v2.ToImage()(picture).dtype, to_float(picture).dtype)
print(torch.allclose(to_float(picture), ToTensor()(picture)))

# %% [markdown] tags=["zh"]
# 两种写法的除法在最后一位上可能差一点点（约 10⁻⁸），所以用 `allclose` 比较。忘了 `scale=True`，dtype 对了，范围却还是 0 到 255：

# %% [markdown] tags=["en"]
# The two divide in slightly different ways and may differ in the last digit (by about 10⁻⁸), hence `allclose`. Without `scale=True` the dtype is right but the range is still 0 to 255:

# %%
unscaled = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32)])
white = np.full((2, 2, 1), 255, dtype=np.uint8)
print(to_float(white).max().item(), unscaled(white).max().item())

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 3.1a · 自己的 ToTensor（2 分）
#
# 写函数 `to_float_image(array)`：`array` 是 `uint8` 的 NumPy 数组，形状 (h, w) 或 (h, w, c)。返回 `float32` 张量，形状 (1, h, w) 或 (c, h, w)，值在 0 到 1 之间（0 还是 0，255 变成 1）。`array` 保持原样，结果有自己的内存。用什么方法都行。
#
# 例：`to_float_image(np.array([[0, 255]], dtype=np.uint8))` 得到 `tensor([[[0., 1.]]])`，形状 (1, 1, 2)。
#
# <details><summary>提示 1</summary>三件事：变成张量，把通道放到最前面，除以 255。</details>
# <details><summary>提示 2</summary>灰度图没有通道那个轴，要补一个。通道换位置要用 <code>permute</code>，<code>reshape</code> 会把数打乱。</details>
# <details><summary>提示 3</summary>也可以直接用上面讲的变换。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 3.1a · Your own ToTensor (2 points)
#
# Write `to_float_image(array)`: `array` is a NumPy array of dtype `uint8` and shape (h, w) or (h, w, c). Return a `float32` tensor of shape (1, h, w) or (c, h, w) with values from 0 to 1 (0 stays 0, 255 becomes 1). Leave `array` as it is; the result has memory of its own. Any method will do.
#
# Example: `to_float_image(np.array([[0, 255]], dtype=np.uint8))` gives `tensor([[[0., 1.]]])`, shape (1, 1, 2).
#
# <details><summary>Hint 1</summary>Three things: make a tensor, put the channels first, divide by 255.</details>
# <details><summary>Hint 2</summary>A grey picture has no axis for the channel, so it needs one. Move the channels with <code>permute</code>; <code>reshape</code> would scramble the numbers.</details>
# <details><summary>Hint 3</summary>Or just use one of the transforms above.</details>


# %% nbgrader={"grade": false, "grade_id": "to_float_image", "locked": false, "schema_version": 3, "solution": true, "task": false}
def to_float_image(array: np.ndarray) -> torch.Tensor:
    """uint8 (h, w) or (h, w, c) -> float32 (1, h, w) or (c, h, w), 0 to 1"""
    ### BEGIN SOLUTION
    image = torch.tensor(array, dtype=torch.float32) / 255
    if image.ndim == 2:
        return image.unsqueeze(0)
    return image.permute(2, 0, 1)
    ### END SOLUTION


# %% tags=["exercise"]
to_float_image(np.array([[0, 255]], dtype=np.uint8))

# %% nbgrader={"grade": true, "grade_id": "to_float_image-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import numpy as np
import torch

from pytorch_learning import checks

with checks.exercise("to_float_image"):
    range_255 = checks.say("值还在 0 到 255 之间：要除以 255", "the values still go up to 255: divide by 255")
    by_256 = checks.say("255 应变成 1：除以 255，不是 256", "255 should become 1: divide by 255, not by 256")
    by_max = checks.say(
        "要除以 255，不是这张图片里的最大值：暗的图片应当还是暗的",
        "divide by 255, not by the greatest value of this picture: a dark picture stays dark",
    )
    minus_one = checks.say("范围应是 0 到 1，不是 −1 到 1", "the range is 0 to 1, not −1 to 1")
    scrambled = checks.say(
        "`reshape` 不会挪动轴，数被打乱了：用 `permute(2, 0, 1)`",
        "`reshape` moves no axis and scrambles the numbers: use `permute(2, 0, 1)`",
    )
    turned = checks.say("高和宽对调了：应是 (c, h, w)", "height and width are swapped: it is (c, h, w)")
    no_order = checks.say(
        "形状应是 (c, h, w)：通道要移到最前面，灰度图要补上通道那个轴，成为 (1, h, w)",
        "the shape is (c, h, w): move the channels to the front, and give a grey picture its channel, (1, h, w)",
    )
    whole = checks.say(
        "在 `uint8` 里除，或先换成整数，小数就没有了：先变成 `float32` 再除",
        "the fractions are lost: make it `float32` before you divide, and keep whole numbers out of it",
    )

    def channels_first(array):
        array = array if array.ndim == 3 else array[..., None]
        return torch.tensor(np.moveaxis(array, 2, 0).copy())

    def as_image(array):
        return channels_first(array).float() / 255

    def reshaped(array):
        array = array if array.ndim == 3 else array[..., None]
        return torch.tensor(array).reshape(array.shape[2], *array.shape[:2]).float() / 255

    def unmoved(array):
        return torch.tensor(array).float() / 255

    mistakes = [
        (lambda array: as_image(array) * 255, range_255),
        (lambda array: channels_first(array), range_255),
        (lambda array: channels_first(array).float() / 256, by_256),
        (lambda array: channels_first(array).float() / array.max(), by_max),
        (lambda array: as_image(array) * 2 - 1, minus_one),
        (unmoved, no_order),
        (lambda array: unmoved(array)[None], no_order),
        (lambda array: unmoved(array)[..., None], no_order),
        (reshaped, scrambled),
        (lambda array: as_image(array).mT, turned),
        (lambda array: (channels_first(array) // 255).float(), whole),
    ]
    grey = np.array([[0, 51, 255], [102, 204, 153]], dtype=np.uint8)
    wanted = torch.tensor([[[0.0, 0.2, 1.0], [0.4, 0.8, 0.6]]])
    checks.returns(to_float_image, grey, expected=wanted, mistakes=mistakes)
    colour = np.arange(0, 240, 10, dtype=np.uint8).reshape(2, 4, 3)
    image = checks.returns(to_float_image, colour, expected=as_image(colour), mistakes=mistakes)
    checks.own_memory(image, colour, name="to_float_image(array)")
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def pixel_by_pixel(array):
            array = array.reshape(*array.shape[:2], -1)
            h, w, c = array.shape
            image = torch.zeros(c, h, w)
            for k in range(c):
                for i in range(h):
                    for j in range(w):
                        image[k, i, j] = int(array[i, j, k]) / 255
            return image

        sizes = [(28, 28), (3, 5), (1, 1), (4, 2, 3), (3, 3, 3), (2, 3, 1), (1, 2, 4)]
        cases = [torch.randint(0, 256, size, dtype=torch.uint8).numpy() for size in sizes]
        # A dark picture, a view that is not contiguous, and one that can't be written to.
        cases += [cases[1] // 8, cases[3][1:, :1], cases[0].T]
        locked = cases[4].copy()
        locked.flags.writeable = False
        checks.agrees(
            to_float_image, pixel_by_pixel, [(case,) for case in [*cases, locked]], mistakes=mistakes
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 归一化
#
# 把输入移到 0 附近、缩放到差不多大小，训练会更快更稳。做法是**归一化**（normalisation）：减去均值，除以标准差。均值和标准差取自**训练集的全部像素**，每个通道各一个；灰度图只有一个通道。
#
# `plain.data` 里是全部图片，`uint8`。下面不把 60,000 张图片一次变成 `float32`（那要 188 MB），而是用直方图数出每个像素值有多少个，再算均值和标准差。

# %% [markdown] tags=["en"]
# ### Normalising
#
# Inputs that lie around 0 and are all of about the same size make training faster and steadier. **Normalisation** subtracts the mean and divides by the standard deviation. Both are taken over **all pixels of the training set**, one of each for every channel; a grey picture has a single channel.
#
# `plain.data` has all the pictures as `uint8`. Instead of turning 60,000 pictures into `float32` at once (188 MB), the cell below counts how often each pixel value occurs, and works out the mean and the standard deviation from that.

# %% tags=["nbval-ignore-output"]
counts = torch.bincount(plain.data.flatten(), minlength=256).double()
values = torch.arange(256) / 255
mean = ((counts * values).sum() / counts.sum()).item()
std = (counts * (values - mean) ** 2).sum().div(counts.sum()).sqrt().item()
print(f"mean {mean:.3f}, standard deviation {std:.3f}")

# %% [markdown] tags=["zh"]
# `v2.Normalize(mean, std)` 做的就是 (x − mean) / std。参数是列表，每个通道一个数。它要的是浮点张量，所以放在 `ToDtype` **之后**。左边是归一化之前像素的分布，右边是之后：分布的形状没有变，只是平移并拉宽了。

# %% [markdown] tags=["en"]
# `v2.Normalize(mean, std)` computes (x − mean) / std. Its arguments are lists with one number for each channel. It wants a tensor of floats, so it comes **after** `ToDtype`. On the left is how the pixels are distributed before it, on the right after: the same form, moved and stretched.

# %%
normalised = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])])
some = range(500)
before = torch.stack([to_float(plain[i][0]) for i in some])
after = torch.stack([normalised(plain[i][0]) for i in some])

figure, axes = plt.subplots(1, 2, figsize=(8, 2.4), sharey=True)
for axis, pixel_values, title in zip(axes, (before, after), ("to_float", "normalised"), strict=True):
    axis.hist(pixel_values.flatten().numpy(), bins=40)
    axis.axvline(pixel_values.mean().item(), color="black", linestyle="--", label="mean")
    axis.set_title(title)
    axis.set_xlabel("pixel value")
    axis.set_yscale("log")
    axis.legend()
axes[0].set_ylabel("pixels (log scale)")
plt.show()

# %% [markdown] tags=["zh"]
# **测试集也用训练集的均值和标准差**。变换是模型的一部分：训练时 0.5 变成多少，测试时就要变成多少；而且真正用起来的时候，往往一次只来一张图片，根本没有「测试集的均值」。
#
# 要看图片，先把归一化撤销：乘以标准差，再加上均值。每个通道用自己的数，所以 (c,) 的均值要变成 (c, 1, 1) 才能和 (c, h, w) 广播（1.4.6 节）。

# %% [markdown] tags=["en"]
# **The test set gets the mean and standard deviation of the training set.** The transform is part of the model: whatever 0.5 became in training, it has to become in testing. And in real use there is often one picture at a time, and no "mean of the test set" at all.
#
# To look at a picture, undo the normalising: multiply by the standard deviation, then add the mean. Each channel has its own numbers, so means of shape (c,) become (c, 1, 1) to broadcast with (c, h, w) (section 1.4.6).

# %%
means = torch.tensor([0.1, 0.2, 0.3])
print(means.reshape(-1, 1, 1).shape)
print((torch.zeros(3, 2, 2) + means.reshape(-1, 1, 1))[:, 0, 0])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 3.1b · 均值和标准差（2 分）
#
# 写函数 `mean_and_std(images)`：`images` 是 `uint8` 张量，形状 (n, h, w)。返回元组 `(均值, 标准差)`，两个都是 Python 的 `float`，是**所有像素除以 255 之后**的均值和标准差。
#
# 像素总有好几万个，所以求方差时除以 n 还是 n − 1 都可以，看不出差别。`images` 保持原样。
#
# 例：一半像素是 0、一半是 255，得到大约 `(0.5, 0.5)`。
#
# <details><summary>提示 1</summary>先换成浮点数，再除，再统计。整数张量不能求平均。</details>
# <details><summary>提示 2</summary>所有像素一起算，不是每张图片各算各的。</details>
# <details><summary>提示 3</summary><code>mean()</code> 和 <code>std()</code> 给出张量，<code>.item()</code> 变成数。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 3.1b · Mean and standard deviation (2 points)
#
# Write `mean_and_std(images)`: `images` is a `uint8` tensor of shape (n, h, w). Return a tuple `(mean, standard deviation)`, both Python `float`s, of **all pixels divided by 255**.
#
# There are tens of thousands of pixels, so it does not matter whether you divide by n or by n − 1 in the variance. Leave `images` as it is.
#
# Example: if half of the pixels are 0 and half are 255, you get about `(0.5, 0.5)`.
#
# <details><summary>Hint 1</summary>Make floats, divide, and only then take the statistics. A tensor of integers has no mean.</details>
# <details><summary>Hint 2</summary>All pixels count together, not each picture for itself.</details>
# <details><summary>Hint 3</summary><code>mean()</code> and <code>std()</code> give tensors; <code>.item()</code> turns them into numbers.</details>


# %% nbgrader={"grade": false, "grade_id": "mean_and_std", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean_and_std(images: torch.Tensor) -> tuple[float, float]:
    """images (n, h, w) uint8 -> (mean, standard deviation) of the pixels on the scale from 0 to 1"""
    ### BEGIN SOLUTION
    pixels = images.float() / 255
    return pixels.mean().item(), pixels.std().item()
    ### END SOLUTION


# %% tags=["exercise"]
mean_and_std(torch.tensor([0, 255], dtype=torch.uint8).repeat(100, 28, 14))

# %% nbgrader={"grade": true, "grade_id": "mean_and_std-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("mean_and_std"):

    def statistics(images):
        pixels = images.double() / 255
        return float(pixels.mean()), float(pixels.std())

    scale = checks.say(
        "先除以 255，让像素在 0 到 1 之间", "divide by 255 first, so that pixels run from 0 to 1"
    )
    variance = checks.say("这是方差，标准差是它的平方根", "that is the variance; its square root is wanted")
    swapped = checks.say("次序反了：先均值，后标准差", "the other way round: the mean comes first")
    each = checks.say(
        "所有像素要一起算：不要先对每张图片（或每个位置）单独算，再合起来",
        "all pixels count together: don't compute for single pictures (or single places) first and combine afterwards",
    )
    tensors = checks.say(
        "要的是两个 Python 的 `float`，不是张量：用 `.item()`",
        "two Python `float`s are wanted, not tensors: use `.item()`",
    )
    first = checks.say(
        "只用了第一张图片：所有图片都要算", "that is the first picture alone: all of them count"
    )
    lost = checks.say(
        "整数会溢出或丢掉小数：先换成浮点数再计算",
        "integers overflow or lose the fractions: make floats before you compute",
    )
    by_256 = checks.say("除以 255，不是 256", "divide by 255, not by 256")
    of_means = checks.say(
        "这是各张图片平均亮度的标准差：要的是所有像素的",
        "that is how the brightness of whole pictures varies: all single pixels are wanted",
    )
    absolute = checks.say(
        "偏差要先平方，平均以后再开方，不是取绝对值",
        "square the deviations, average, and take the root; don't average their absolute values",
    )
    rounded = checks.say("不要四舍五入，也不要用半精度", "don't round, and don't compute in half precision")
    elsewhere = checks.say(
        "换了图片，结果还是一样：要用参数 `images` 来算",
        "other pictures give the same result: compute it from the argument `images`",
    )

    def mean_of_stds(dims):
        def compute(images):
            pixels = images.double() / 255
            return pixels.mean().item(), pixels.std(dim=dims).mean().item()

        return compute

    def in_uint8(images):
        return (images // 255).double().mean().item(), (images // 255).double().std().item()

    def squared_in_uint8(images):
        mean = statistics(images)[0]
        variance = (images * images).double().mean().item() / 255**2 - mean**2
        return mean, max(variance, 0.0) ** 0.5

    def nothing_left(images):
        return statistics(images)[0], float("nan")

    def deviations(images):
        pixels = images.double() / 255
        return pixels.mean().item(), (pixels - pixels.mean()).abs().mean().item()

    mistakes = [
        (lambda images: tuple(255 * value for value in statistics(images)), scale),
        (lambda images: (statistics(images)[0], statistics(images)[1] ** 2), variance),
        (lambda images: statistics(images)[::-1], swapped),
        (mean_of_stds((1, 2)), each),
        (mean_of_stds(0), each),
        (lambda images: tuple(torch.tensor(value) for value in statistics(images)), tensors),
        (lambda images: tuple(torch.tensor(value).double() for value in statistics(images)), tensors),
        (lambda images: torch.tensor(statistics(images)), tensors),
        (lambda images: statistics(images[:1]), first),
        (in_uint8, lost),
        (squared_in_uint8, lost),
        (nothing_left, lost),
        (lambda images: tuple(value * 255 / 256 for value in statistics(images)), by_256),
        (lambda images: (statistics(images)[0], (images.double() / 255).mean((1, 2)).std().item()), of_means),
        (deviations, absolute),
        *[
            (lambda images, k=k: tuple(round(v, k) for v in statistics(images)), rounded)
            for k in (1, 2, 3, 4)
        ],
        (lambda images: tuple(torch.tensor(v).half().item() for v in statistics(images)), rounded),
    ]

    def pictures(n, low, high):
        # Pictures of different brightness, as real ones are.
        light = torch.linspace(low, high, n)[:, None, None]
        return (torch.rand(n, 28, 28) * light).to(torch.uint8)

    garments = pictures(120, 40, 255)
    result = mean_and_std(garments.clone())
    # Python's root of a negative number, which a variance is only if something went wrong on the way.
    checks.true(not (isinstance(result, tuple) and any(isinstance(v, complex) for v in result)), lost)
    half = torch.tensor([0, 255], dtype=torch.uint8).repeat(200, 28, 14)
    if isinstance(result, tuple) and all(isinstance(value, float) for value in result):
        checks.true(mean_and_std(half.clone()) != result, elsewhere)
    checks.returns(mean_and_std, garments, expected=statistics(garments), mistakes=mistakes)
    checks.returns(mean_and_std, half, expected=statistics(half), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        cases = [
            pictures(200, 5, 90),
            pictures(150, 200, 255),
            torch.randint(0, 256, (2, 300, 400), dtype=torch.uint8),
            torch.randint(128, 256, (400, 15, 40), dtype=torch.uint8),
        ]
        checks.agrees(mean_and_std, statistics, [(case,) for case in cases], mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 3.1c · 撤销归一化（2 分）
#
# 写函数 `denormalise(x, mean, std)`：`x` 是归一化以后的图片，浮点张量 (c, h, w)；`mean` 和 `std` 是两个列表，各有 c 个数。返回归一化**之前**的图片，形状和 dtype 跟 `x` 相同，设备也相同，`x` 保持原样。
#
# 例：`denormalise(torch.tensor([[[-1., 0., 1.]]]), [0.5], [0.2])` 得到 `tensor([[[0.3000, 0.5000, 0.7000]]])`。
#
# <details><summary>提示 1</summary>归一化先减后除。撤销时，每一步反过来，次序也反过来。</details>
# <details><summary>提示 2</summary>把列表变成形状 (c, 1, 1) 的张量，才能和 (c, h, w) 广播。</details>
# <details><summary>提示 3</summary>新张量的 dtype 和设备都要跟 <code>x</code> 的一样。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 3.1c · Undo the normalising (2 points)
#
# Write `denormalise(x, mean, std)`: `x` is a normalised picture, a float tensor (c, h, w); `mean` and `std` are lists of c numbers each. Return the picture as it was **before**, with the shape and dtype of `x` and on its device; leave `x` as it is.
#
# Example: `denormalise(torch.tensor([[[-1., 0., 1.]]]), [0.5], [0.2])` gives `tensor([[[0.3000, 0.5000, 0.7000]]])`.
#
# <details><summary>Hint 1</summary>Normalising subtracts, then divides. To undo it, reverse each step, and their order too.</details>
# <details><summary>Hint 2</summary>Turn the lists into tensors of shape (c, 1, 1), so that they broadcast with (c, h, w).</details>
# <details><summary>Hint 3</summary>The new tensors need the dtype and the device of <code>x</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "denormalise", "locked": false, "schema_version": 3, "solution": true, "task": false}
def denormalise(x: torch.Tensor, mean: list[float], std: list[float]) -> torch.Tensor:
    """normalised (c, h, w), means and standard deviations of c channels -> (c, h, w)"""
    ### BEGIN SOLUTION
    shift = torch.tensor(mean, dtype=x.dtype, device=x.device)[:, None, None]
    factor = torch.tensor(std, dtype=x.dtype, device=x.device)[:, None, None]
    return x * factor + shift
    ### END SOLUTION


# %% tags=["exercise"]
denormalise(torch.tensor([[[-1.0, 0.0, 1.0]]]), [0.5], [0.2])

# %% nbgrader={"grade": true, "grade_id": "denormalise-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("denormalise"):

    def columns(x, mean, std):
        return [torch.tensor(numbers, dtype=x.dtype).reshape(-1, 1, 1) for numbers in (mean, std)]

    def undone(x, mean, std):
        m, s = columns(x, mean, std)
        return x * s + m

    again = checks.say(
        "这是又归一化了一遍：要撤销它，乘以标准差再加均值",
        "that normalises once more: to undo it, multiply by the standard deviation and add the mean",
    )
    order = checks.say(
        "次序反了：先乘标准差，再加均值",
        "the order is wrong: multiply by the standard deviation first, then add the mean",
    )
    minus = checks.say("均值要加上，不是减去", "add the mean, don't subtract it")
    divided = checks.say("要乘以标准差，不是除以", "multiply by the standard deviation, don't divide")
    first = checks.say(
        "每个通道用自己的均值和标准差，不是都用第一个",
        "each channel has its own mean and standard deviation, not the first one's",
    )
    last = checks.say(
        "均值对着宽那个轴广播了：要对着通道，先变成 (c, 1, 1)",
        "the means are broadcast along the width: they belong to the channels, so make them (c, 1, 1)",
    )
    rows = checks.say(
        "均值对着高那个轴广播了：要对着通道，先变成 (c, 1, 1)",
        "the means are broadcast along the height: they belong to the channels, so make them (c, 1, 1)",
    )
    only_std = checks.say("还要加上均值", "add the mean, too")
    only_mean = checks.say("还要乘以标准差", "multiply by the standard deviation, too")
    clipped = checks.say("不要截断：只撤销归一化", "don't clip: undo the normalising and nothing else")

    def with_columns(formula):
        return lambda x, mean, std: formula(x, *columns(x, mean, std))

    mistakes = [
        (with_columns(lambda x, m, s: (x - m) / s), again),
        (with_columns(lambda x, m, s: (x + m) * s), order),
        (with_columns(lambda x, m, s: x * s - m), minus),
        (with_columns(lambda x, m, s: x / s + m), divided),
        (with_columns(lambda x, m, s: x * s), only_std),
        (with_columns(lambda x, m, s: x + m), only_mean),
        (with_columns(lambda x, m, s: (x * s + m).clamp(0, 1)), clipped),
        (lambda x, mean, std: x * std[0] + mean[0], first),
        (lambda x, mean, std: x * torch.tensor(std) + torch.tensor(mean), last),
        (lambda x, mean, std: x * torch.tensor(std)[:, None] + torch.tensor(mean)[:, None], rows),
    ]
    grey = torch.tensor([[[-1.0, 0.0, 1.0, 4.0]]])
    wanted = torch.tensor([[[0.3, 0.5, 0.7, 1.3]]])
    checks.returns(denormalise, grey, [0.5], [0.2], expected=wanted, mistakes=mistakes)
    # Not `mean` and `std`: those are the lesson's, and a cell above may be run once more.
    three = (torch.randn(3, 3, 3), [0.1, 0.5, 0.9], [0.5, 0.25, 2.0])
    checks.returns(denormalise, *three, expected=undone(*three), mistakes=mistakes)
    double = (torch.randn(2, 2, 3, dtype=torch.float64), [0.1, 0.5], [0.5, 0.25])
    checks.returns(denormalise, *double, expected=undone(*double))
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def channel_by_channel(x, mean, std):
            return torch.stack([x[k] * std[k] + mean[k] for k in range(len(mean))])

        cases = [
            (torch.randn(1, 28, 28), [0.286], [0.353]),
            (torch.randn(3, 4, 5), [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
            (torch.randn(2, 2, 2), [0.0, -3.0], [10.0, 0.5]),
            (torch.randn(4, 1, 4), [0.4, 0.3, 0.2, 0.1], [1.0, 2.0, 3.0, 4.0]),
            (torch.randn(3, 2, 3).double(), [0.5, 0.4, 0.3], [0.3, 0.2, 0.1]),
        ]
        checks.agrees(denormalise, channel_by_channel, cases, mistakes=mistakes)
        checks.follows_device(denormalise, torch.randn(3, 4, 5), [0.5, 0.4, 0.3], [0.3, 0.2, 0.1])
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 3.2 Lambda 变换
#
# `Lambda` 把任何一个函数包装成变换。原文用它把整数标签变成**独热**（one-hot）向量：10 个数里，标签那个位置是 1，其余是 0。
#
# `scatter_(dim, index, value=1)` 就地写入：沿 `dim`，在 `index` 指出的位置填上 `value`。先看标签 3：

# %% [markdown] tags=["en"]
# ## 3.2 Lambda transforms
#
# `Lambda` wraps any function as a transform. The original document uses it to turn a label, a whole number, into a **one-hot** vector: 10 numbers, of which the one at the label's position is 1 and all others are 0.
#
# `scatter_(dim, index, value=1)` writes in place: along `dim`, it puts `value` at the positions that `index` names. Here is the label 3:

# %%
zeros = torch.zeros(10, dtype=torch.float)
one = zeros.clone().scatter_(dim=0, index=torch.tensor(3), value=1)
plots.tensor_grid(zeros, one, titles=["zeros", "scatter_(dim=0, index=3, value=1)"])

# %% [markdown] tags=["zh"]
# 一批标签也可以一次写完。`labels` 的形状是 (n,)，每一行要写一个位置，所以 `index` 的形状是 (n, 1)：`unsqueeze(1)` 把标签竖起来。第 i 行就在 `labels[i]` 那一列写上 1。

# %% [markdown] tags=["en"]
# A whole batch of labels can be written at once. `labels` has shape (n,); one position is written in every row, so `index` has shape (n, 1), and `unsqueeze(1)` stands the labels up. Row i gets its 1 in column `labels[i]`.

# %%
labels = torch.tensor([2, 0, 3])
index = labels.unsqueeze(1)
batch = torch.zeros(3, 4).scatter_(dim=1, index=index, value=1)
plots.tensor_grid(index, batch, titles=["index", "scatter_(dim=1, index, value=1)"])

# %% [markdown] tags=["zh"]
# PyTorch 有现成的 `torch.nn.functional.one_hot`。两点要留心：不写 `num_classes`，它按最大的标签猜有几类，每批猜的可能都不一样；得到的是 `int64`，要给网络用还得 `.float()`。

# %% [markdown] tags=["en"]
# PyTorch has this ready-made: `torch.nn.functional.one_hot`. Mind two things. Without `num_classes` it guesses the number of classes from the greatest label, which may differ from batch to batch; and it gives `int64`, so for a network you still need `.float()`.

# %%
print(functional.one_hot(labels).shape, functional.one_hot(labels, num_classes=10).shape)
print(functional.one_hot(labels).dtype)

# %% [markdown] tags=["zh"]
# 什么时候真的需要独热向量？分类网络常用的损失 `nn.CrossEntropyLoss` 直接收类别的编号，不必转换。要表达「一半是这类、一半是那类」这种**软标签**（soft label）时，才需要写成概率。比如**标签平滑**（label smoothing）：把一小份概率平均分给所有类别，让网络不要太自信。份额是 0.2、共 4 类时，每一类先分到 0.2 ÷ 4 = 0.05，正确的一类再加上剩下的 0.8：

# %% [markdown] tags=["en"]
# When do you need one-hot vectors at all? The usual loss for classifiers, `nn.CrossEntropyLoss`, takes class numbers as they are. You need probabilities to say something like "half this, half that", which is called a **soft label**. **Label smoothing** is an example: a small share of the probability is spread evenly over all classes, so that the network does not become too sure of itself. With a share of 0.2 and 4 classes, every class gets 0.2 ÷ 4 = 0.05, and the right one gets the remaining 0.8 on top:

# %%
print(round(0.2 / 4, 2), round(0.8 + 0.2 / 4, 2))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 3.2a · 一批独热向量（2 分）
#
# 写函数 `one_hot_batch(labels, classes)`：`labels` 是 `int64` 张量，形状 (n,)，每个标签在 0 到 `classes - 1` 之间。返回 `float32` 张量，形状 (n, `classes`)，第 i 行是 `labels[i]` 的独热向量，设备跟 `labels` 相同。n 至少是 1。
#
# 例：`one_hot_batch(torch.tensor([2, 0]), 3)` 得到 `tensor([[0., 0., 1.], [1., 0., 0.]])`。
#
# <details><summary>提示 1</summary>上面有两种现成的办法；比较和广播也行：哪些位置的列号等于标签？</details>
# <details><summary>提示 2</summary>用 <code>scatter_</code>，零张量要建在 <code>labels</code> 的设备上。</details>
# <details><summary>提示 3</summary>用 <code>one_hot</code>，不要忘了类别的个数和 dtype。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 3.2a · A batch of one-hot vectors (2 points)
#
# Write `one_hot_batch(labels, classes)`: `labels` is an `int64` tensor of shape (n,), each label between 0 and `classes - 1`. Return a `float32` tensor of shape (n, `classes`) on the device of `labels`, whose row i is the one-hot vector of `labels[i]`. n is at least 1.
#
# Example: `one_hot_batch(torch.tensor([2, 0]), 3)` gives `tensor([[0., 0., 1.], [1., 0., 0.]])`.
#
# <details><summary>Hint 1</summary>There are two ways above; comparing and broadcasting is a third: where does the column's number equal the label?</details>
# <details><summary>Hint 2</summary>With <code>scatter_</code>, make the zeros on the device of <code>labels</code>.</details>
# <details><summary>Hint 3</summary>With <code>one_hot</code>, remember the number of classes and the dtype.</details>


# %% nbgrader={"grade": false, "grade_id": "one_hot_batch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def one_hot_batch(labels: torch.Tensor, classes: int) -> torch.Tensor:
    """labels (n,) int64 -> float32 (n, classes)"""
    ### BEGIN SOLUTION
    vectors = torch.zeros(len(labels), classes, device=labels.device)
    vectors.scatter_(1, labels.unsqueeze(1), 1.0)
    return vectors
    ### END SOLUTION


# %% tags=["exercise"]
one_hot_batch(torch.tensor([2, 0]), 3)

# %% nbgrader={"grade": true, "grade_id": "one_hot_batch-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("one_hot_batch"):

    def row_by_row(labels, classes):
        return torch.tensor([[float(c == label) for c in range(classes)] for label in labels.tolist()])

    narrow = checks.say(
        "列数应是 `classes`：没有出现的类别也要有一列，`one_hot` 要写 `num_classes`",
        "there should be `classes` columns, also for classes that don't occur: `one_hot` wants `num_classes`",
    )
    whole = checks.say(
        "dtype 应是 `float32`：加上 `.float()`", "the dtype should be `float32`: add `.float()`"
    )
    same_rows = checks.say(
        "每一行都写了所有的标签：`index` 的形状要是 (n, 1)，用 `unsqueeze(1)`",
        "every label is in every row: `index` should have the shape (n, 1), by `unsqueeze(1)`",
    )
    first_row = checks.say(
        "全写在第一行了：`index` 的形状要是 (n, 1)，用 `unsqueeze(1)`，不是 `unsqueeze(0)`",
        "they are all in the first row: `index` should have the shape (n, 1), by `unsqueeze(1)`, not `unsqueeze(0)`",
    )
    turned = checks.say(
        "行和列对调了：一行一个样本", "rows and columns are swapped: there is one row for each sample"
    )
    filled = checks.say(
        "写进去的是标签，应该是 1：`value=1`", "the labels themselves were written; it should be 1: `value=1`"
    )
    inverted = checks.say("0 和 1 反了", "0 and 1 are the wrong way round")
    shifted = checks.say("差了一列：标签从 0 数起", "one column off: labels count from 0")

    nothing = checks.say(
        "什么也没有写进去：`scatter` 造一个新张量，名字以 `_` 结尾的 `scatter_` 才就地写",
        "nothing was written: `scatter` makes a new tensor, only `scatter_`, with its `_`, writes in place",
    )
    one_vector = checks.say(
        "所有标签写进了同一个向量：零张量的形状应是 (n, `classes`)，每个标签占一行",
        "all labels went into one vector: make zeros of shape (n, `classes`), with a row for each label",
    )

    def all_in_each_row(labels, classes):
        return row_by_row(labels, classes).amax(0).expand(len(labels), -1)

    def all_in_first_row(labels, classes):
        vectors = torch.zeros(len(labels), classes)
        vectors[0, labels] = 1
        return vectors

    mistakes = [
        (lambda labels, classes: row_by_row(labels, classes).long(), whole),
        (lambda labels, classes: row_by_row(labels, int(labels.max()) + 1), narrow),
        (lambda labels, classes: row_by_row(labels, int(labels.max()) + 1).long(), narrow),
        (lambda labels, classes: row_by_row(labels, classes).bool(), whole),
        (all_in_each_row, same_rows),
        (all_in_first_row, first_row),
        (lambda labels, classes: row_by_row(labels, classes).amax(0), one_vector),
        (lambda labels, classes: torch.zeros(len(labels), classes), nothing),
        (lambda labels, classes: row_by_row(labels, classes).T, turned),
        (lambda labels, classes: row_by_row(labels, classes) * labels[:, None], filled),
        (lambda labels, classes: 1 - row_by_row(labels, classes), inverted),
        (lambda labels, classes: row_by_row(labels, classes).roll(1, 1), shifted),
        (lambda labels, classes: row_by_row(labels, classes).roll(-1, 1), shifted),
    ]
    example = torch.tensor([2, 0])
    wanted = torch.tensor([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    checks.returns(one_hot_batch, example, 3, expected=wanted, mistakes=mistakes)
    some = torch.tensor([1, 3, 1])
    checks.returns(one_hot_batch, some, 5, expected=row_by_row(some, 5), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        cases = [
            (torch.randint(0, classes, (n,)), classes) for n, classes in [(7, 10), (64, 10), (3, 3), (5, 2)]
        ]
        cases += [(torch.tensor([0]), 1), (torch.tensor([4]), 6), (torch.arange(6).flip(0), 6)]
        checks.agrees(one_hot_batch, row_by_row, cases, mistakes=mistakes)
        checks.follows_device(one_hot_batch, torch.tensor([1, 0, 2]), 4)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 3.2b · 标签平滑（2 分）
#
# 写函数 `smooth(label, classes, share)`：返回 `float32` 张量，形状 (`classes`,)：把 `share`（0 到 1 之间）平均分给**所有**类别，包括正确的那一类，剩下的 `1 - share` 给正确的那一类。`label` 是 `int`。
#
# 例：`smooth(2, 4, 0.2)` 得到 `tensor([0.0500, 0.0500, 0.8500, 0.0500])`。
#
# <details><summary>提示 1</summary>先给每一类平均的那一份，再给正确的一类加上剩下的。</details>
# <details><summary>提示 2</summary>检查一下：所有的数加起来是几？</details>
# <details><summary>提示 3</summary><code>torch.full((classes,), number)</code> 填满同一个数，再用索引改一个。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 3.2b · Label smoothing (2 points)
#
# Write `smooth(label, classes, share)`: return a `float32` tensor of shape (`classes`,). Spread `share` (between 0 and 1) evenly over **all** classes, the right one included, and give the remaining `1 - share` to the right one. `label` is an `int`.
#
# Example: `smooth(2, 4, 0.2)` gives `tensor([0.0500, 0.0500, 0.8500, 0.0500])`.
#
# <details><summary>Hint 1</summary>First give each class its even part, then add what is left to the right one.</details>
# <details><summary>Hint 2</summary>A check: what do all the numbers add up to?</details>
# <details><summary>Hint 3</summary><code>torch.full((classes,), number)</code> is a tensor filled with one number; change a single one by its index.</details>


# %% nbgrader={"grade": false, "grade_id": "smooth", "locked": false, "schema_version": 3, "solution": true, "task": false}
def smooth(label: int, classes: int, share: float) -> torch.Tensor:
    """label -> soft label (classes,) float32"""
    ### BEGIN SOLUTION
    target = torch.full((classes,), share / classes)
    target[label] += 1 - share
    return target
    ### END SOLUTION


# %% tags=["exercise"]
smooth(2, 4, 0.2)

# %% nbgrader={"grade": true, "grade_id": "smooth-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("smooth"):

    def class_by_class(label, classes, share):
        return torch.tensor([share / classes + (1 - share if c == label else 0.0) for c in range(classes)])

    others = checks.say(
        "份额也要分给正确的那一类：每一类都得到 share / classes，不是只分给其余的类",
        "the right class gets its even part too: share / classes for every class, not for the others only",
    )
    left = checks.say(
        "正确的那一类少了平均的那一份：1 − share 要加上去，不是换掉",
        "the right class lost its even part: add 1 − share to it instead of replacing it",
    )
    undivided = checks.say(
        "份额要除以类别的个数，加起来才是 1",
        "divide the share by the number of classes, so that all adds up to 1",
    )
    one_more = checks.say(
        "正确的那一类加的是剩下的 1 − share，不是 1",
        "the right class gets the remaining 1 − share on top, not 1",
    )
    hard = checks.say("这是独热向量，还没有平滑", "that is one-hot, not yet smoothed")
    no_spread = checks.say(
        "少了平均的那一份：每一类都还要加上 share / classes",
        "the even part is missing: every class gets share / classes on top",
    )
    only_spread = checks.say(
        "只有平均的那一份：正确的那一类还要加上剩下的 1 − share",
        "that is the even part only: the right class gets the remaining 1 − share on top",
    )
    reversed_ = checks.say(
        "share 和 1 − share 反了：share 是平均分掉的那一小份",
        "share and 1 − share are swapped: share is the small part that is spread",
    )
    shifted = checks.say("位置不对：`label` 从 0 数起", "the wrong position: `label` counts from 0")

    def to_others(label, classes, share):
        return torch.tensor(
            [1 - share if c == label else share / max(classes - 1, 1) for c in range(classes)]
        )

    mistakes = [
        (to_others, others),
        (
            lambda label, classes, share: torch.tensor(
                [1 - share if c == label else share / classes for c in range(classes)]
            ),
            left,
        ),
        (
            lambda label, classes, share: torch.tensor(
                [share + (1 - share) * (c == label) for c in range(classes)]
            ),
            undivided,
        ),
        (
            lambda label, classes, share: torch.tensor(
                [1 - share if c == label else share for c in range(classes)]
            ),
            undivided,
        ),
        (
            lambda label, classes, share: torch.tensor(
                [share / classes + (c == label) for c in range(classes)]
            ),
            one_more,
        ),
        (lambda label, classes, share: class_by_class(label, classes, 0.0), hard),
        (lambda label, classes, share: class_by_class(label, classes, 0.0) * (1 - share), no_spread),
        (lambda label, classes, share: torch.full((classes,), share / classes), only_spread),
        (lambda label, classes, share: class_by_class(label, classes, 1 - share), reversed_),
        (lambda label, classes, share: class_by_class(label, classes, share).roll(1), shifted),
        (lambda label, classes, share: class_by_class(label, classes, share).roll(-1), shifted),
    ]
    wanted = torch.tensor([0.05, 0.05, 0.85, 0.05])
    checks.returns(smooth, 2, 4, 0.2, expected=wanted, mistakes=mistakes)
    checks.returns(smooth, 0, 10, 0.1, expected=class_by_class(0, 10, 0.1), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        cases = [(3, 5, 0.3), (9, 10, 0.05), (0, 2, 0.5), (1, 3, 0.0), (1, 3, 1.0), (0, 1, 0.4), (6, 7, 0.9)]
        checks.agrees(smooth, class_by_class, cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 用函数造函数
#
# `target_transform` 只收一个参数：标签。如果变换还需要别的设置，就写一个**返回函数的函数**：里面的函数记得住外面的变量，这叫做闭包（closure）。

# %% [markdown] tags=["en"]
# ### Functions that make functions
#
# A `target_transform` gets one argument, the label. If a transform needs settings as well, write **a function that returns a function**: the inner one remembers the variables of the outer one, which is called a closure.


# %%
def add(amount):
    def transform(label):
        return label + amount

    return transform


add_one, add_ten = add(1), add(10)
print(add_one(5), add_ten(5))

# %% [markdown] tags=["zh"]
# 每调用一次 `add`，就有一个自己的 `amount`。在循环里直接写 `lambda` 就不是这样了：三个 `lambda` 看的是同一个变量 `k`，等到调用的时候，它已经是最后一个值了。

# %% [markdown] tags=["en"]
# Each call of `add` has an `amount` of its own. Not so with a `lambda` written in a loop: the three below look at one variable, `k`, and by the time they are called it has its last value.

# %%
wrong = [lambda label: label + k for k in (1, 2, 3)]
right = [add(k) for k in (1, 2, 3)]
print([transform(0) for transform in wrong])
print([transform(0) for transform in right])

# %% [markdown] tags=["zh"]
# `lambda` 还有一个缺点：它没有名字，不能打包（pickle）送到别的进程去。在 Windows 和 macOS 上（从 Python 3.14 起 Linux 也类似），`num_workers` 大于 0 时 `DataLoader` 正需要这样做（2.4 节）。所以，有名字的函数比 `Lambda(lambda …)` 更好，写在 `.py` 文件里最好。

# %% [markdown] tags=["en"]
# A `lambda` has another drawback: it has no name and can't be packed (pickled) and sent to another process, which is what a `DataLoader` with `num_workers` above 0 has to do on Windows and macOS and, from Python 3.14, on Linux too (section 2.4). So a function with a name is better than `Lambda(lambda …)`, best of all one in a `.py` file.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 3.2c · 是不是鞋（2 分）
#
# 把 10 类变成「是」和「不是」两类。写函数 `is_one_of(wanted)`：`wanted` 是标签的列表，例如 `[5, 7, 9]`（三种鞋）。返回一个 `target_transform`：它收到一个 `int` 标签，标签在 `wanted` 里就返回 `tensor(1.)`，不在就返回 `tensor(0.)`，都是 `float32`，形状 ()。
#
# 先后造出的几个变换不能互相影响。
#
# 例：`is_one_of([5, 7, 9])(7)` 得到 `tensor(1.)`，`is_one_of([5, 7, 9])(0)` 得到 `tensor(0.)`。
#
# <details><summary>提示 1</summary>外面的函数收下 <code>wanted</code>，返回里面的函数；里面的函数收下标签。</details>
# <details><summary>提示 2</summary>Python 的 <code>in</code> 说一个数在不在列表里，得到真假；还要变成浮点张量。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 3.2c · Shoe or not (2 points)
#
# Turn the 10 classes into two, yes and no. Write `is_one_of(wanted)`: `wanted` is a list of labels, such as `[5, 7, 9]` (the three kinds of shoes). Return a `target_transform`: given a label, an `int`, it returns `tensor(1.)` if the label is in `wanted` and `tensor(0.)` if not, both `float32` of shape ().
#
# Several transforms made one after the other must not get in each other's way.
#
# Example: `is_one_of([5, 7, 9])(7)` gives `tensor(1.)`, and `is_one_of([5, 7, 9])(0)` gives `tensor(0.)`.
#
# <details><summary>Hint 1</summary>The outer function takes <code>wanted</code> and returns the inner one; the inner one takes the label.</details>
# <details><summary>Hint 2</summary>Python's <code>in</code> says whether a number is in a list: true or false, which has yet to become a float tensor.</details>


# %% nbgrader={"grade": false, "grade_id": "is_one_of", "locked": false, "schema_version": 3, "solution": true, "task": false}
def is_one_of(wanted: list[int]):
    """labels -> a transform: label -> float32 ()"""

    ### BEGIN SOLUTION
    def transform(label: int) -> torch.Tensor:
        return torch.tensor(1.0 if label in wanted else 0.0)

    return transform
    ### END SOLUTION


# %% tags=["exercise"]
is_shoe = is_one_of([5, 7, 9])
[is_shoe(label) for label in range(10)]

# %% nbgrader={"grade": true, "grade_id": "is_one_of-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("is_one_of"):

    def transform_of(wanted):
        transform = is_one_of(wanted)
        checks.true(
            callable(transform),
            checks.say(
                f"`is_one_of({wanted})` 要返回一个函数，现在返回的是 {type(transform).__name__}：里面的函数写好以后要 `return` 它",
                f"`is_one_of({wanted})` should return a function and returns {type(transform).__name__}: "
                "`return` the inner function",
            ),
        )
        return transform

    def is_one_of_then_called(wanted, label):
        return transform_of(wanted)(label)

    def answer(wanted, label):
        return torch.tensor(float(sum(1 for w in wanted if w == label) > 0))

    inverted = checks.say("1 和 0 反了", "1 and 0 are the wrong way round")
    never = checks.say(
        "标签在 `wanted` 里，应当是 1：用 `in` 判断，`==` 比的是整个列表",
        "the label is in `wanted`, so this should be 1: use `in`, since `==` compares with the whole list",
    )
    first = checks.say(
        "`wanted` 里的每个标签都算，不是只有第一个", "every label in `wanted` counts, not only the first"
    )
    shape = checks.say(
        "形状应是 ()，不是 (1,)：不要方括号", "the shape should be (), not (1,): leave out the brackets"
    )
    not_float = checks.say(
        "dtype 应是 `float32`：写 1.0 和 0.0，或 `.float()`",
        "the dtype should be `float32`: write 1.0 and 0.0, or `.float()`",
    )
    itself = checks.say("要的是 1 或 0，不是标签", "1 or 0 is wanted, not the label")
    mistakes = [
        (lambda wanted, label: answer(wanted[:1], label), first),
        # In this order: 0 for a label that is wanted is "never" if 0 for one that is not wanted was right.
        (lambda wanted, label: torch.tensor(0.0), never),
        (lambda wanted, label: 1 - answer(wanted, label), inverted),
        (lambda wanted, label: answer(wanted, label)[None], shape),
        (lambda wanted, label: answer(wanted, label).bool(), not_float),
        (lambda wanted, label: answer(wanted, label).long(), not_float),
        (lambda wanted, label: answer(wanted, label).double(), not_float),
        (lambda wanted, label: torch.tensor(label), itself),
        (lambda wanted, label: torch.tensor(float(label)), itself),
    ]
    for label in (6, 5, 9, 0):
        checks.returns(
            is_one_of_then_called, [5, 7, 9], label, expected=answer([5, 7, 9], label), mistakes=mistakes
        )
    apart = checks.say(
        "几个变换互相影响了：每个都要记住自己的 `wanted`，不要用全局变量",
        "the transforms get in each other's way: each has to remember its own `wanted`, without a global variable",
    )
    shoes, bags = transform_of([5, 7, 9]), transform_of([8])
    checks.true([float(shoes(label)) for label in (5, 8)] == [1.0, 0.0] and float(bags(8)) == 1.0, apart)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        cases = [([0], 0), ([0], 1), ([3, 1], 1), ([], 4), ([2, 2], 2), ([8, 9], 1), (list(range(10)), 9)]
        checks.agrees(is_one_of_then_called, answer, cases, mistakes=mistakes)
        transforms = [transform_of([k]) for k in range(4)]
        found = [[float(transform(label)) for label in range(4)] for transform in transforms]
        checks.true(found == torch.eye(4).tolist(), apart)
        again = transform_of([1, 2])
        checks.true([float(again(label)) for label in (1, 2, 1, 3, 2)] == [1, 1, 1, 0, 1], apart)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 数据增强
#
# 一件衣服挪两个像素、左右翻转一下，还是那件衣服。每次取样本时随机改一改图片，网络就每个轮次都看到新的样子，学到的是衣服，而不是像素恰好在哪里。这叫**数据增强**（data augmentation）。
#
# 下面每行一种变换，各抽 7 次，最左边是原图。（`fill` 是空出来的地方填什么，默认是 0，即黑色。）
#
# - `RandomHorizontalFlip(p=0.5)`：以 0.5 的概率左右翻转；
# - `RandomCrop(28, padding=3)`：四周各补 3 个像素，再随机裁出 28×28，等于随机平移；
# - `RandomRotation(15)`：随机转 −15° 到 15°；
# - `RandomErasing(p=1)`：随机盖掉一块，填上 0，也就是黑色。要放在 `Normalize` 之前：归一化以后，0 就不是黑色了。

# %% [markdown] tags=["en"]
# ### Augmentation
#
# Move a garment by two pixels, or look at it in a mirror, and it is still that garment. If the picture is changed at random each time it is taken out, the network sees something new in every epoch and learns what garments are like, not where their pixels happen to be. This is **data augmentation**.
#
# Each row below is one transform, drawn 7 times, with the original on the left. (Gaps are filled with `fill`, by default 0, which is black.)
#
# - `RandomHorizontalFlip(p=0.5)`: left and right swapped half of the time;
# - `RandomCrop(28, padding=3)`: 3 pixels more on every side, then 28×28 cut out at random, which is a random shift;
# - `RandomRotation(15)`: turned by −15° to 15°;
# - `RandomErasing(p=1)`: a random patch is covered with 0, which is black. It belongs before `Normalize`: after that, 0 is no longer black.

# %%
torch.manual_seed(0)
augmentations = {
    "flip": v2.Compose([v2.RandomHorizontalFlip(), to_float]),
    "crop": v2.Compose([v2.RandomCrop(28, padding=3), to_float]),
    "rotate": v2.Compose([v2.RandomRotation(15), to_float]),
    "erase": v2.Compose([to_float, v2.RandomErasing(p=1)]),
}
pictures, titles = [], []
for name, augmentation in augmentations.items():
    pictures += [to_float(picture), *[augmentation(picture) for _ in range(7)]]
    titles += ["original", *[name] * 7]
plots.images(pictures, titles, columns=8)
plt.show()

# %% [markdown] tags=["zh"]
# 两条规矩：
#
# - **只增强训练集**。测试要看网络在真实图片上的表现，还要每次结果都一样。所以训练集和测试集用两个不同的变换。
# - **不能改变标签**。鞋子左右翻转还是鞋子；手写数字 6 转 180° 就成了 9，那种数据就不能这样转。上下翻转的衣服，现实里几乎见不到，也没有用处。
#
# 随机的变换一般放在前面，最晚也要在 `Normalize` 之前；两个变换的固定步骤完全一样，网络收到的数才在同一个尺度上。

# %% [markdown] tags=["en"]
# Two rules:
#
# - **Augment the training set only.** A test should show how the network does on real pictures, and give the same result every time. So the training set and the test set have different transforms.
# - **The label must stay true.** A shoe in the mirror is still a shoe; a handwritten 6 turned by 180° is a 9, so digits must not be turned like that. A garment upside down hardly ever occurs, so it is of no use.
#
# What is random usually comes first, and in any case before `Normalize`. The fixed steps of both transforms are the same, so that the network gets numbers on the same scale.

# %%
fixed = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([0.5], [0.5])]
train_transform = v2.Compose([v2.RandomHorizontalFlip(), *fixed])
test_transform = v2.Compose(fixed)

torch.manual_seed(0)
training_data = datasets.FashionMNIST(root=root, train=True, download=True, transform=train_transform)
test_data = datasets.FashionMNIST(root=root, train=False, download=True, transform=test_transform)
print("training:", len({training_data[0][0].numpy().tobytes() for _ in range(20)}), "different pictures")
print("test:    ", len({test_data[0][0].numpy().tobytes() for _ in range(20)}), "different pictures")

# %% [markdown] tags=["zh"]
# 随机裁剪的原理并不神秘。要把一张图片向下移 1 行、向右移 2 列，就造一张全 0 的，把原图还留在框内的那部分抄到新的位置：

# %% [markdown] tags=["en"]
# There is no magic inside a random crop. To move a picture down by 1 row and right by 2 columns, make one of zeros, and copy what stays inside the frame to its new place:

# %%
x = torch.arange(1, 13).reshape(1, 3, 4)
moved = torch.zeros_like(x)
moved[:, 1:, 2:] = x[:, :-1, :-2]
plots.tensor_grid(x, moved, titles=["x", "moved"])

# %% [markdown] tags=["zh"]
# 另一个办法：四周各补 1 圈 0（`functional.pad(x, (左, 右, 上, 下))`），再从补大了的图里裁出原来的大小。从第 1 行、第 1 列开始裁就是没有移动；下图从第 0 行、第 2 列开始，等于向下移 1 行、向左移 1 列。

# %% [markdown] tags=["en"]
# Another way: put 1 ring of zeros around it (`functional.pad(x, (left, right, top, bottom))`), then cut the original size out of the larger picture. A cut that begins in row 1 and column 1 moves nothing; the one below begins in row 0 and column 2, which moves the picture down by 1 row and left by 1 column.

# %%
padded = functional.pad(x, (1, 1, 1, 1))
plots.tensor_grid(padded, padded[:, 0:3, 2:6], titles=["padded", "padded[:, 0:3, 2:6]"])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 3.2d · 随机平移（4 分）
#
# 写函数 `random_shift(image, most)`：`image` 的形状是 (c, h, w)。上下、左右各移动一个随机的整数个像素，从 −`most` 到 `most`（两端都包括），每个数机会相等，上下和左右互不相干；移出去的丢掉，空出来的填 0。形状和 dtype 不变，`image` 保持原样。`most` 是 0 时不移动；`most` 小于 h 和 w。
#
# 用 PyTorch 的随机数，这样 `torch.manual_seed` 能重现。所有通道一起移动。
#
# 例：`random_shift(torch.ones(1, 28, 28), 2)` 得到一张白色的图片，边上可能有一两行、一两列 0。
#
# <details><summary>提示 1</summary>抽两个数：<code>torch.randint</code> 的上限不包括在内（1.2.4 节）。</details>
# <details><summary>提示 2</summary>补上几圈再裁剪最省事：移动多少，就看从哪里开始裁。用切片抄的话要小心：移动 0 时 <code>[:-0]</code> 是空的，负的移动要另外写。</details>
# <details><summary>提示 3</summary>补了 <code>most</code> 圈以后，起点可以是 0 到 2·most。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 3.2d · Random shift (4 points)
#
# Write `random_shift(image, most)`: `image` has shape (c, h, w). Move it up or down, and left or right, by a random whole number of pixels each, from −`most` to `most` (both included), every number equally likely and the two directions independent; what moves out is lost, what comes in is 0. Keep shape and dtype, and leave `image` as it is. With `most` 0 nothing moves; `most` is less than h and w.
#
# Use PyTorch's random numbers, so that `torch.manual_seed` repeats it. All channels move together.
#
# Example: `random_shift(torch.ones(1, 28, 28), 2)` gives a white picture with, perhaps, one or two rows or columns of 0 at its edges.
#
# <details><summary>Hint 1</summary>Draw two numbers; the upper bound of <code>torch.randint</code> is not included (section 1.2.4).</details>
# <details><summary>Hint 2</summary>Padding and cutting is the easiest: where the cut begins is how far it moves. If you copy slices, take care: for a shift of 0 the slice <code>[:-0]</code> is empty, and negative shifts need code of their own.</details>
# <details><summary>Hint 3</summary>With <code>most</code> rings of padding, the cut may begin at 0 to 2·most.</details>


# %% nbgrader={"grade": false, "grade_id": "random_shift", "locked": false, "schema_version": 3, "solution": true, "task": false}
def random_shift(image: torch.Tensor, most: int) -> torch.Tensor:
    """image (c, h, w) -> (c, h, w), moved by up to `most` pixels each way"""
    ### BEGIN SOLUTION
    _, h, w = image.shape
    padded = functional.pad(image, (most, most, most, most))
    top, left = torch.randint(0, 2 * most + 1, (2,)).tolist()
    return padded[:, top : top + h, left : left + w]
    ### END SOLUTION


# %% tags=["exercise"]
plots.images([random_shift(to_float(picture), 4) for _ in range(8)])
plt.show()

# %% nbgrader={"grade": true, "grade_id": "random_shift-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("random_shift"):

    def shifted(image, down, right):
        moved = torch.zeros_like(image)
        h, w = image.shape[1:]
        for i in range(h):
            for j in range(w):
                if 0 <= i - down < h and 0 <= j - right < w:
                    moved[:, i, j] = image[:, i - down, j - right]
        return moved

    def draw(image, most):
        """One draw, checked for all but the shift."""
        name = f"random_shift(image, {most})"
        before = image.clone()
        try:
            result = random_shift(image, most)
        except RuntimeError as error:
            if isinstance(error, NotImplementedError) or "must match the existing size" not in str(error):
                raise
            raise checks.CheckFailed(
                f"{name}: {error}: "
                + checks.say(
                    "两边的切片不一样大。注意 `x[:-0]` 就是 `x[:0]`，一个也没有：移动 0 个像素时，终点不能写成负数",
                    "the slices on both sides differ in size. Mind that `x[:-0]` is `x[:0]`, which is empty: "
                    "for a shift by 0 the stop must not be written as a negative number",
                )
            ) from None
        checks.is_tensor(result, name=name)
        checks.shape(result, image.shape, name=name)
        checks.dtype(result, image.dtype, name=name)
        checks.true(
            torch.equal(image, before),
            checks.say(
                "函数改动了 `image`：先 `clone()`，或另造一张",
                "the function changed `image`: work on a copy or a new picture",
            ),
        )
        return result

    def shift_of(result, image, most):
        """(down, right), or why it is none."""
        for reach in (most, most + 1, 2 * most + 1):
            for down in range(-reach, reach + 1):
                for right in range(-reach, reach + 1):
                    if torch.equal(result, shifted(image, down, right)):
                        checks.true(
                            abs(down) <= most and abs(right) <= most,
                            checks.say(
                                f"移得太远：`most` 是 {most}，却移动了 ({down}, {right})",
                                f"too far: `most` is {most}, but it moved by ({down}, {right})",
                            ),
                        )
                        return down, right
            for down in range(-reach, reach + 1):
                for right in range(-reach, reach + 1):
                    checks.true(
                        not torch.equal(result, image.roll((down, right), (1, 2))),
                        checks.say(
                            "移出去的从另一边又进来了：那里应当是 0，`roll` 会绕回来",
                            "what moves out comes in again on the other side: it should be 0 there, and `roll` wraps around",
                        ),
                    )
        checks.true(
            not torch.equal(result.sort().values, image.sort().values),
            checks.say(
                "像素的次序乱了：整张图片要一起移动", "the pixels are scrambled: move the picture as a whole"
            ),
        )
        raise checks.CheckFailed(
            checks.say(
                "这不是平移：整张图片（所有通道）移动同样多，移出去的丢掉，空出来的填 0",
                "this is no shift: the whole picture, all channels alike, moves as one; what leaves is lost, what comes in is 0",
            )
        )

    image = torch.arange(1.0, 13.0).reshape(1, 3, 4)
    found = {shift_of(draw(image, 1), image, 1) for _ in range(150)}
    checks.true(
        len(found) > 1,
        checks.say("每次移动的都一样：要随机地抽", "it moves by the same every time: draw it at random"),
    )
    missing = {(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)} - found
    lopsided = checks.say(
        "有的移动从来不出现：两个方向要各抽一个数，从 −most 到 most，两端都包括（`randint` 的上限不包括在内）",
        "some shifts never occur: draw one number for each direction, from −most to most with both ends "
        "(the upper bound of `randint` is not included)",
    )
    checks.true(not missing, lopsided)
    uneven = checks.say(
        "有的移动出现得比别的多：每个数机会要相等，用 `torch.randint` 抽整数，不要把小数变成整数",
        "some shifts occur more often than others: let every number be equally likely, by drawing whole ones with "
        "`torch.randint` instead of rounding fractions",
    )
    # Only now: where the upper bound of `randint` is forgotten, `most` 0 ends in an error that tells little.
    checks.equal(
        draw(image, 0),
        image,
        name="random_shift(image, 0)",
        hint=checks.say("`most` 是 0 时不移动", "with `most` 0 nothing moves"),
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        from collections import Counter

        colour = torch.randint(1, 256, (3, 5, 4), dtype=torch.uint8)
        for most in (1, 2, 3):
            for _ in range(10):
                shift_of(draw(colour, most), colour, most)
        small = torch.tensor([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]]], dtype=torch.float64)
        draws = Counter(shift_of(draw(small, 1), small, 1) for _ in range(900))
        # 100 of each are expected; a fair answer leaves 45 to 155 with a probability below 1e-6.
        checks.true(len(draws) == 9, lopsided)
        checks.true(all(45 <= count <= 155 for count in draws.values()), uneven)
        torch.manual_seed(3)
        first = [draw(colour, 3) for _ in range(8)]
        torch.manual_seed(3)
        checks.true(
            all(torch.equal(a, draw(colour, 3)) for a in first),
            checks.say(
                "同一个种子得不到同样的结果：用 PyTorch 的随机数，例如 `torch.randint`",
                "the same seed does not give the same result: use PyTorch's random numbers, `torch.randint` for one",
            ),
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 3.2e · 训练用的和测试用的（3 分）
#
# 写函数 `make_transforms(mean, std)`：返回元组 `(train_transform, test_transform)`，两个都收 28×28 的灰度 **Pillow 图片**，返回 `float32` 张量，形状 (1, 28, 28)，缩放到 0 到 1 之后再用 `mean` 和 `std`（两个 `float`）归一化。
#
# - `train_transform` 至少有一种随机的增强，形状不变；用哪一种由你决定。它用 PyTorch 的随机数。
# - `test_transform` 没有任何随机的东西，结果就是归一化的原图。
#
# 例：`train_transform, test_transform = make_transforms(0.5, 0.5)` 之后，全白的图片经过 `test_transform` 全是 1。
#
# <details><summary>提示 1</summary>两个变换的后半段是一样的。哪一个的前面要加东西？</details>
# <details><summary>提示 2</summary>次序：变成图像张量，缩放，归一化。<code>Normalize</code> 收的是列表，这里只有一个通道。</details>
# <details><summary>提示 3</summary>随机裁剪要写大小和 <code>padding</code>，形状才不变；只翻转也可以。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 3.2e · One for training, one for testing (3 points)
#
# Write `make_transforms(mean, std)`: return a tuple `(train_transform, test_transform)`. Both take a grey **Pillow picture** of 28×28 and return a `float32` tensor of shape (1, 28, 28), scaled to 0 to 1 and then normalised with `mean` and `std` (two `float`s).
#
# - `train_transform` has at least one random augmentation that keeps the shape; which one is up to you. It uses PyTorch's random numbers.
# - `test_transform` has nothing random in it: its result is the normalised picture itself.
#
# Example: after `train_transform, test_transform = make_transforms(0.5, 0.5)`, a white picture put through `test_transform` is all 1.
#
# <details><summary>Hint 1</summary>The second half of both is the same. Which of them needs something more in front?</details>
# <details><summary>Hint 2</summary>The order: make an image tensor, scale, normalise. <code>Normalize</code> takes lists; here there is one channel.</details>
# <details><summary>Hint 3</summary>A random crop needs its size and some <code>padding</code> to keep the shape; a flip alone will do as well.</details>


# %% nbgrader={"grade": false, "grade_id": "make_transforms", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_transforms(mean: float, std: float):
    """-> (train_transform, test_transform): Pillow picture 28x28 -> float32 (1, 28, 28)"""
    ### BEGIN SOLUTION
    ending = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Normalize([mean], [std])]
    beginning = [v2.RandomCrop(28, padding=2), v2.RandomHorizontalFlip()]
    return v2.Compose(beginning + ending), v2.Compose(ending)
    ### END SOLUTION


# %% tags=["exercise"]
train_transform, test_transform = make_transforms(0.5, 0.5)
plots.images([test_transform(picture), *[train_transform(picture) for _ in range(7)]])
plt.show()

# %% nbgrader={"grade": true, "grade_id": "make_transforms-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import numpy as np
import torch
from PIL import Image

from pytorch_learning import checks

with checks.exercise("make_transforms"):

    def picture_of(seed):
        """A picture that no augmentation leaves as it is: bright on the left, dark on the right, with noise."""
        noise = np.random.default_rng(seed).integers(0, 120, (28, 28))
        return Image.fromarray((noise + np.linspace(135, 0, 28)).astype(np.uint8))

    black_and_white = Image.fromarray(
        np.kron(np.indices((4, 4)).sum(0) % 2 * 255, np.ones((7, 7))).astype(np.uint8)
    )

    def normalised(picture, mean, std):
        pixels = torch.tensor(np.array(picture), dtype=torch.float32)
        return ((pixels / 255 - mean) / std)[None]

    def both(mean, std):
        pair = make_transforms(mean, std)
        checks.true(
            isinstance(pair, (tuple, list)) and len(pair) == 2,
            checks.say(
                f"要返回两个变换 `(train_transform, test_transform)`，现在返回的是 {type(pair).__name__}",
                f"two transforms should be returned, `(train_transform, test_transform)`; this is a {type(pair).__name__}",
            ),
        )
        for transform, which in zip(pair, ("train_transform", "test_transform")):
            checks.true(
                callable(transform),
                checks.say(
                    f"`{which}` 要能调用，现在是 {type(transform).__name__}：把列表交给 `v2.Compose`",
                    f"`{which}` should be something to call, it is a {type(transform).__name__}: give the list to `v2.Compose`",
                ),
            )
        return pair

    def as_tensor(result, name):
        """The result of a transform as a plain tensor, if its kind, shape and dtype are right."""
        checks.true(
            not isinstance(result, Image.Image),
            checks.say(
                f"`{name}` 还是 Pillow 图片：两个变换都要以 `v2.ToImage()`、`v2.ToDtype(…)`、`v2.Normalize(…)` 结尾",
                f"`{name}` is still a Pillow picture: both transforms end with `v2.ToImage()`, `v2.ToDtype(…)`, `v2.Normalize(…)`",
            ),
        )
        checks.is_tensor(result, name=name)
        checks.shape(result, (1, 28, 28), name=name)
        checks.dtype(
            result,
            torch.float32,
            name=name,
            hint=checks.say(
                "少了 `v2.ToDtype(torch.float32, scale=True)`",
                "`v2.ToDtype(torch.float32, scale=True)` is missing",
            ),
        )
        return result.as_subclass(torch.Tensor)

    def check(mean, std, seed):
        train, test = both(mean, std)
        picture = picture_of(seed)
        pixels = torch.tensor(np.array(picture), dtype=torch.float32)[None]
        right = normalised(picture, mean, std)
        results = [as_tensor(test(picture), "test_transform(picture)") for _ in range(8)]
        checks.true(
            all(torch.equal(result, results[0]) for result in results),
            checks.say(
                "`test_transform` 每次的结果不一样：测试时不要随机的增强",
                "`test_transform` gives another result each time: no random augmentation for testing",
            ),
        )
        unscaled = checks.say(
            "像素没有缩放到 0 到 1 就归一化了：`ToDtype` 要写 `scale=True`，并且放在 `Normalize` 之前",
            "pixels were normalised without being scaled to 0 to 1: `ToDtype` wants `scale=True`, ahead of `Normalize`",
        )
        missing = checks.say(
            "没有归一化：最后加上 `v2.Normalize`", "it is not normalised: add `v2.Normalize` at the end"
        )
        fixed = checks.say(
            "要用参数 `mean` 和 `std`，不要写死", "use the arguments `mean` and `std`, not fixed numbers"
        )
        swapped = checks.say("`mean` 和 `std` 对调了", "`mean` and `std` are swapped")
        flipped = checks.say(
            "测试的图片被翻转（或移动）了：`test_transform` 不要增强",
            "the test picture is flipped: `test_transform` has no augmentation",
        )
        checks.equal(
            results[0],
            right,
            name="test_transform(picture)",
            mistakes=[
                ((pixels - mean) / std, unscaled),
                (pixels, unscaled),
                (pixels / 255, missing),
                (normalised(picture, 0.5, 0.5), fixed),
                (normalised(picture, 0.286, 0.353), fixed),
                (normalised(picture, std, mean), swapped),
                (right.flip(2), flipped),
                (right.flip(1), flipped),
            ],
        )
        draws = [as_tensor(train(picture), "train_transform(picture)") for _ in range(40)]
        checks.true(
            any(not torch.equal(draw, draws[0]) for draw in draws),
            checks.say(
                "`train_transform` 40 次的结果都一样：加上一种随机的增强，随机数每次调用都要重新抽（`RandomCrop(28)` 不写 `padding`，就什么也没变）",
                "`train_transform` gave the same result 40 times: add a random augmentation, drawn anew at each call "
                "(a crop without `padding` has no room to move)",
            ),
        )
        # Whatever is moved, covered or blended: some black stays near black, and some white near white.
        blocks = torch.stack(
            [as_tensor(train(black_and_white), "train_transform(picture)") for _ in range(40)]
        )
        distances = [(blocks - (extreme - mean) / std).abs() for extreme in (0.0, 1.0)]
        shares = [(distance < 0.35 / std).float().mean((1, 2, 3)).median() for distance in distances]
        far = [share.item() < 0.03 for share in shares]
        checks.true(
            not any(far),
            checks.say(
                "`train_transform` 的数和 `test_transform` 的不在同一个尺度上：两个的后半段要一样（缩放、归一化）",
                "`train_transform` gives numbers on another scale than `test_transform`: let both end alike (scale, normalise)",
            ),
        )
        checks.true(
            all(bool(draw.isfinite().all()) for draw in draws),
            checks.say(
                "`train_transform` 的结果里有 nan 或 inf",
                "there is nan or inf in what `train_transform` gives",
            ),
        )
        torch.manual_seed(seed)
        first = [train(picture) for _ in range(6)]
        torch.manual_seed(seed)
        checks.true(
            all(torch.equal(a, train(picture)) for a in first),
            checks.say(
                "同一个种子得不到同样的图片：用 PyTorch 的随机数（torchvision 的变换都用它）",
                "the same seed does not give the same pictures: use PyTorch's random numbers, as torchvision's transforms do",
            ),
        )

    check(0.5, 0.5, 1)
    check(0.3, 0.25, 2)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        for settings in [(0.286, 0.353, 3), (0.1, 0.7, 4), (0.9, 0.05, 5)]:
            check(*settings)
        first, second = both(0.2, 0.4), both(0.6, 0.3)
        garment = picture_of(6)
        checks.true(
            torch.allclose(
                as_tensor(first[1](garment), "test_transform(picture)"),
                normalised(garment, 0.2, 0.4),
                atol=1e-5,
            )
            and torch.allclose(
                as_tensor(second[1](garment), "test_transform(picture)"),
                normalised(garment, 0.6, 0.3),
                atol=1e-5,
            ),
            checks.say(
                "先后两次调用互相影响了：变换要记住自己的 `mean` 和 `std`，不要用全局变量",
                "two calls get in each other's way: a transform remembers its own `mean` and `std`, without global variables",
            ),
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 现在你会了
#
# - 说清 `ToTensor` 做的三件事，用 v2 的写法一步一步地做；
# - 算出训练集的均值和标准差，归一化，再撤销；
# - 把标签变成独热向量、软标签和二值标签（是或不是）；
# - 写出带设置的变换，知道循环里的 `lambda` 错在哪里；
# - 给训练集做数据增强，而不碰测试集。
#
# 接下来读：torchvision 的 [v2 变换入门](https://docs.pytorch.org/vision/stable/auto_examples/transforms/plot_transforms_getting_started.html)和[变换图例](https://docs.pytorch.org/vision/stable/auto_examples/transforms/plot_transforms_illustrations.html)，PyTorch 官方的 [Transforms 教程](https://docs.pytorch.org/tutorials/beginner/basics/transforms_tutorial.html)。

# %% [markdown] tags=["en"]
# ## What you can do now
#
# - name the three things that `ToTensor` does, and do them one by one in v2;
# - compute mean and standard deviation of a training set, normalise, and undo it;
# - turn labels into one-hot vectors, soft labels, or yes and no;
# - write a transform that has settings, and say what is wrong with a `lambda` in a loop;
# - augment a training set and leave the test set alone.
#
# Read on: torchvision's [first steps with v2](https://docs.pytorch.org/vision/stable/auto_examples/transforms/plot_transforms_getting_started.html) and its [pictures of every transform](https://docs.pytorch.org/vision/stable/auto_examples/transforms/plot_transforms_illustrations.html), and PyTorch's own [tutorial on transforms](https://docs.pytorch.org/tutorials/beginner/basics/transforms_tutorial.html).

# %% [markdown] tags=["zh", "exercise"]
# ## 成绩
#
# 运行下面的单元格，看看每道练习的情况。没有通过的，回去再试；改完答案要重新运行检查单元格。

# %% [markdown] tags=["en", "exercise"]
# ## Your points
#
# Run the cell below to see how each exercise stands. Go back to those that have not passed; after changing an answer, run its check again.

# %% tags=["exercise"]
checks.summary("03_transforms")
