# ---
# jupyter:
#   jupytext:
#     formats: 08_capstone//ipynb,py:percent
#     notebook_metadata_filter: jupytext,-jupytext.text_representation,-kernelspec
# ---

# %% [markdown] tags=["zh"]
# # 8 结课项目：你自己的模型
#
# 前面各节的零件都学会了，这一节把它们装在一起：你自己设计一个模型、自己定训练的办法，从头到尾做完，给没人见过的衣物图片分类。正确率越高，分数越高。最后你看看模型错在哪里，写一张模型卡，告诉别人它能做什么、不能做什么。
#
# 这一节超出了原文。前三小节先教几样新工具：卷积、池化、批归一化、学习率的安排。有了它们，同样的时间里能学得更好。
#
# - **怎么学**：从上往下读，每个代码单元格都运行一下（`Shift`+`Enter`），改一改再运行。
# - **怎么练**：练习在讲解后面。写答案，运行，再运行下面的检查单元格：绿色的一行表示通过，红色的会告诉你错在哪里。
# - **多少**：9 道练习，共 31 分，大约 4 小时，其中项目本身占一半。

# %% [markdown] tags=["en"]
# # 8 Capstone: a model of your own
#
# You know the parts by now; in this section you put them together. You design a model, decide how to train it, and do the whole job from beginning to end: sorting pictures of garments that nobody has shown it. The higher the accuracy, the more points. Then you look at where the model goes wrong, and write a model card that tells others what it can do and what it can't.
#
# This section goes beyond the original document. Its first parts teach some new tools: convolution, pooling, batch normalisation, and a schedule for the learning rate. With them, a model learns more in the same time.
#
# - **How to read**: from top to bottom, running every code cell (`Shift`+`Enter`). Change something and run it again.
# - **How to practise**: exercises follow the explanations. Write your answer, run it, then run the check below it: a green line means it passed, a red one tells you what is wrong.
# - **How much**: 9 exercises, 31 points, about 4 hours, half of them for the project itself.

# %%
import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F
from torchvision import datasets

from pytorch_learning import checks, plots
from pytorch_learning.data import data_root

# %% tags=["zh"]
checks.language("zh")

# %% tags=["en"]
checks.language("en")

# %% [markdown] tags=["zh"]
# ## 8.1 任务和规则
#
# 你要写一个类，它既是模型，也知道怎样训练自己：`fit(images, labels)` 拿到图片和标签，训练完就可以用了。规则只有四条：
#
# - **数据**：FashionMNIST 一共有 70,000 张图片。检查时随机留出 10,000 张，其余 60,000 张交给 `fit`。批改时留出的是另外 10,000 张。
# - **时间**：训练最多 120 秒，按两个核的电脑计算。
# - **分数**：看在留出的图片上的正确率，86% 得 2 分，88% 得 4 分，90% 得 6 分，92% 得 8 分。第 4 节的那种网络训练三个轮次，大约有 87% 到 88%。
# - **方法**：随你。
#
# 先把图片读进来。这一节都把数据当成一个大张量，成批地切，不一张一张地取：快得多。最后 10,000 张留作**验证集**，用来比较各种办法；它们不参加训练。

# %% [markdown] tags=["en"]
# ## 8.1 The task and the rules
#
# You will write a class that is a model and also knows how to train itself: `fit(images, labels)` gets pictures and labels, and afterwards the model is ready for use. There are only four rules:
#
# - **Data**: FashionMNIST has 70,000 pictures in all. The check holds out 10,000 of them at random and gives the other 60,000 to `fit`. Grading holds out 10,000 others.
# - **Time**: training takes at most 120 seconds, counted as on a computer with two cores.
# - **Points**: they go by the accuracy on the pictures that were held out, 2 points at 86 %, 4 at 88 %, 6 at 90 % and 8 at 92 %. A network like that of section 4, trained for three epochs, gets some 87 or 88 %.
# - **Method**: up to you.
#
# First, read the pictures. This whole section treats the data as one large tensor and cuts batches from it, rather than fetching picture by picture: it is much faster. The last 10,000 are the **validation set**, for comparing one method with another; they take no part in training.

# %%
training_data = datasets.FashionMNIST(root=data_root(), train=True, download=True)
classes = training_data.classes
images = training_data.data[:, None] / 255
labels = training_data.targets
validation_images, validation_labels = images[50_000:], labels[50_000:]
print(images.shape, images.dtype, labels.shape, labels.dtype)
print(validation_images.shape)

# %% [markdown] tags=["zh"]
# ### 一个正确率有多准
#
# 正确率是在**有限**多张图片上量出来的，换一批图片，就会得到稍微不同的数。假设模型答对每张图片的概率都是 92%，下面量它 1000 次，每次换 10,000 张图片：

# %% [markdown] tags=["en"]
# ### How sure is an accuracy?
#
# An accuracy is measured on a **finite** number of pictures, and other pictures would give a slightly different number. Say a model is right about each picture with probability 92 %. Here it is measured 1000 times, each time on 10,000 other pictures:

# %%
torch.manual_seed(0)
measured = torch.stack([(torch.rand(10_000) < 0.92).float().mean() for _ in range(1000)])
figure, axes = plt.subplots(figsize=(6, 2.4))
axes.hist(100 * measured, bins=30, color="#56b4e9", edgecolor="white")
axes.axvline(92, color="#1a1a1a", linestyle="--")
axes.set_xlabel("accuracy on 10,000 pictures, %")
axes.set_ylabel("how often")
plt.show()
print(f"standard deviation: {100 * measured.std().item():.2f} %")
print(f"sqrt(a(1 - a)/n):   {100 * (0.92 * 0.08 / 10_000) ** 0.5:.2f} %")

# %% [markdown] tags=["zh"]
# 同一个模型，量出来的数上下差了不少。它的标准差叫做**标准误差**（standard error）：√(a(1 − a)/n)，a 是正确率，n 是图片张数。真正的正确率有大约 95% 的机会落在 a ± 1.96 个标准误差之间。
#
# 由此得出两条：
#
# - a = 92%、n = 10,000 时，这个范围是上下 0.5 个百分点左右。两种办法只差 0.2，未必真有好坏。
# - 想稳拿 92% 的那一级，验证集上要有 92.5% 以上。

# %% [markdown] tags=["en"]
# It is the same model every time, and the numbers differ a good deal. Their standard deviation is called the **standard error**: √(a(1 − a)/n), where a is the accuracy and n the number of pictures. With a chance of about 95 %, the true accuracy lies within 1.96 standard errors of a.
#
# Two things follow:
#
# - For a = 92 % and n = 10,000 that is about half a percentage point either way. Of two methods that are 0.2 apart, neither need be the better one.
# - To be safe at the step of 92 %, you want 92.5 % or more on the validation set.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 8.1 · 正确率的范围（2 分）
#
# 写函数 `accuracy_interval(correct, total)`：`total` 张图片（至少 1 张）里答对了 `correct` 张。返回元组 `(低, 高)`，两个 Python 浮点数，就是 a ± 1.96 个标准误差；低的不小于 0，高的不大于 1。
#
# 例：`accuracy_interval(90, 100)` 得到 `(0.8412, 0.9588)`（这里只写四位小数，你不用取整）。
#
# <details><summary>提示 1</summary>先算 a，再按上面的公式算标准误差。</details>
# <details><summary>提示 2</summary>全对的时候，标准误差是 0；答对 1 张、一共 3 张的时候，低的那头会是负数。</details>
# <details><summary>提示 3</summary>开方是 <code>** 0.5</code>，截到 0 和 1 之间用 <code>max(…, 0.0)</code> 和 <code>min(…, 1.0)</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 8.1 · The range of an accuracy (2 points)
#
# Write `accuracy_interval(correct, total)`: of `total` pictures (1 or more), `correct` were classified correctly. Return a tuple `(low, high)` of two Python floats, a ± 1.96 standard errors; the low one is never below 0 and the high one never above 1.
#
# Example: `accuracy_interval(90, 100)` gives `(0.8412, 0.9588)` (four decimals here; don't round yours).
#
# <details><summary>Hint 1</summary>Calculate a first, then the standard error with the formula above.</details>
# <details><summary>Hint 2</summary>If all are right, the standard error is 0; with 1 right out of 3, the low end would be negative.</details>
# <details><summary>Hint 3</summary>A square root is <code>** 0.5</code>; <code>max(…, 0.0)</code> and <code>min(…, 1.0)</code> keep a number between 0 and 1.</details>


# %% nbgrader={"grade": false, "grade_id": "accuracy_interval", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accuracy_interval(correct: int, total: int) -> tuple[float, float]:
    """correct of total -> the lowest and the highest likely accuracy, from 0 to 1"""
    ### BEGIN SOLUTION
    accuracy = correct / total
    margin = 1.96 * (accuracy * (1 - accuracy) / total) ** 0.5
    return max(accuracy - margin, 0.0), min(accuracy + margin, 1.0)
    ### END SOLUTION


# %% tags=["exercise"]
accuracy_interval(90, 100)

# %% nbgrader={"grade": true, "grade_id": "accuracy_interval-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import math

from pytorch_learning import checks

with checks.exercise("accuracy_interval"):

    def between(correct, total, error):
        a = correct / total
        return max(a - error(a, total), 0.0), min(a + error(a, total), 1.0)

    def unclipped(correct, total):
        a = correct / total
        margin = 1.96 * math.sqrt(a * (1 - a) / total)
        return a - margin, a + margin

    def whole_ends(correct, total):
        low, high = unclipped(correct, total)
        return max(low, 0), min(high, 1)

    def inside_out(correct, total):
        low, high = unclipped(correct, total)
        return min(low, 0.0), max(high, 1.0)

    def percent(correct, total):
        return tuple(100 * end for end in between(correct, total, right))

    def right(a, n):
        return 1.96 * math.sqrt(a * (1 - a) / n)

    def with_error(error):
        return lambda correct, total: between(correct, total, error)

    ends = checks.say(
        "两头要截到 0 和 1 之间：正确率不会是负数，也不会超过 1",
        "keep both ends between 0 and 1: no accuracy is negative or above 1",
    )
    mistakes = [
        (unclipped, ends),
        (
            with_error(lambda a, n: 1.96 * a * (1 - a) / n),
            checks.say("标准误差还要开平方", "the standard error is a square root: take it"),
        ),
        (
            with_error(lambda a, n: math.sqrt(a * (1 - a) / n)),
            checks.say("要的是 1.96 个标准误差，不是一个", "1.96 standard errors are wanted, not one"),
        ),
        (
            with_error(lambda a, n: 2 * math.sqrt(a * (1 - a) / n)),
            checks.say("是 1.96 个，不是 2 个", "it is 1.96 of them, not 2"),
        ),
        (
            with_error(lambda a, n: 1.96 * math.sqrt(a * (1 - a)) / n),
            checks.say("n 也在根号里面：√(a(1 − a)/n)", "n stands under the root as well: √(a(1 − a)/n)"),
        ),
        (
            with_error(lambda a, n: 1.96 * math.sqrt(a * (1 - a))),
            checks.say("还没有除以图片的张数", "that is not yet divided by the number of pictures"),
        ),
        (
            with_error(lambda a, n: 1.96 * math.sqrt(a / n)),
            checks.say("漏了 1 − a 这个因子", "the factor 1 − a is missing"),
        ),
        (
            with_error(lambda a, n: math.sqrt(1.96 * a * (1 - a) / n)),
            checks.say("1.96 应在根号外面", "1.96 belongs outside the root"),
        ),
        (
            percent,
            checks.say("要 0 到 1 之间的数，不是百分数", "numbers from 0 to 1 are wanted, not percent"),
        ),
        (
            lambda correct, total: interval(correct, total)[::-1],
            checks.say("两头对调了：低的在前", "the ends are swapped: the low one comes first"),
        ),
        (
            lambda correct, total: (correct / total, right(correct / total, total)),
            checks.say(
                "这是 a 和误差：要的是两头，a 减去它、a 加上它",
                "that is a and its margin: the two ends are wanted, a minus the margin and a plus it",
            ),
        ),
        (
            lambda correct, total: between(correct // total, 1, right),
            checks.say("`//` 把小数部分丢掉了：用 `/`", "`//` drops the fraction: divide with `/`"),
        ),
        (
            lambda correct, total: tuple(round(end, 4) for end in interval(correct, total)),
            checks.say("不要取整", "don't round"),
        ),
        (
            whole_ends,
            checks.say(
                "两头都要浮点数：`max` 和 `min` 里写 `0.0` 和 `1.0`，不写 `0` 和 `1`",
                "both ends have to be floats: give `max` and `min` a `0.0` and a `1.0`, not `0` and `1`",
            ),
        ),
        (
            inside_out,
            checks.say(
                "两头都到了边上：是 `max` 和 `min` 对调了（应为 `max(…, 0.0)` 和 `min(…, 1.0)`），还是标准误差太大？",
                "both ends are at the border: are `max` and `min` swapped (`max(…, 0.0)` and `min(…, 1.0)` are right), "
                "or is the standard error too large?",
            ),
        ),
    ]

    def interval(correct, total):
        return between(correct, total, right)

    for case in [(90, 100), (9_200, 10_000), (1, 3), (2, 3)]:
        checks.returns(accuracy_interval, *case, expected=interval(*case), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        cases = [(0, 1), (1, 1), (0, 50), (50, 50), (499, 500), (8_765, 10_000), (1, 1_000), (7, 10)]
        checks.agrees(accuracy_interval, interval, cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 8.2 卷积和池化
#
# `nn.Flatten` 把图片拉成 784 个数，网络就不知道哪些像素挨在一起了：把所有图片的像素按同样的办法打乱，全连接网络学得一样好。可是衣服的样子，全在相邻像素的关系里：领口的边、袖子的缝、拉链。
#
# **卷积**（convolution）把这一点写进了层里。一个小小的**卷积核**（kernel）滑过整张图片；在每个位置上，盖住的像素和核里的数逐个相乘，加起来得到一个数¹。
#
# <small>¹ 数学里的卷积会先把核旋转 180°；深度学习里都不转，名字照旧。核是学出来的，转不转都一样。</small>

# %% [markdown] tags=["en"]
# ## 8.2 Convolution and pooling
#
# `nn.Flatten` pulls a picture apart into 784 numbers, and the network no longer knows which pixels are neighbours: shuffle the pixels of all pictures in the same way, and a fully connected network learns just as well. Yet what makes a garment is how neighbouring pixels go together: the edge of a collar, the seam of a sleeve, a zip.
#
# A **convolution** builds that into the layer. A small **kernel** slides over the whole picture; at each place the pixels under it are multiplied by the kernel's numbers, one by one, and added up to a single number¹.
#
# <small>¹ A mathematician's convolution turns the kernel by 180° first. In deep learning nobody does, and the name has stayed. As kernels are learnt, it makes no difference.</small>

# %%
x = torch.tensor([[0.0, 0.0, 0.0, 5.0, 5.0, 5.0]]).repeat(5, 1)
kernel = torch.tensor([[-1.0, 0.0, 1.0]]).repeat(3, 1)
print(F.conv2d(x[None, None], kernel[None, None])[0, 0])
plots.convolution(x, kernel, row=1, column=2)

# %% [markdown] tags=["zh"]
# 左边暗、右边亮的地方，结果就大；一片均匀的地方是 0：这个核找的是竖的边。高 h、核高 k，就有 h − k + 1 个位置放得下核，所以结果比图片小一圈。（`F.conv2d` 要的是一批带通道的图片，所以用 `None` 补上两维。）别的核找别的东西；下面画的是绝对值，只看强弱，不看正负：

# %% [markdown] tags=["en"]
# The result is large where it is dark on the left and bright on the right, and 0 where all is even: this kernel looks for vertical edges. In a height of h there are h − k + 1 places for a kernel of height k, so the result is a little smaller than the picture. (`F.conv2d` wants a batch of pictures with channels, hence the `None`.) Other kernels look for other things; here the strength of what they found is shown, without its sign:

# %% tags=["nbval-ignore-output"]
picture = images[(labels == classes.index("Coat")).nonzero()[3].item()]
vertical = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]) / 4
kernels = {"vertical": vertical, "horizontal": vertical.T, "blur": torch.ones(3, 3) / 9}
found = [F.conv2d(picture[None], k[None, None], padding=1)[0].abs() for k in kernels.values()]
plots.images([picture, *found], titles=["picture", *kernels], side=1.4)
plt.show()

# %% [markdown] tags=["zh"]
# `nn.Conv2d(输入通道, 输出通道, 3, padding=1)` 有许多这样的核，数值由训练来定：
#
# - 输入的形状是 `(n, 通道, 高, 宽)`。一张灰度图有 1 个**通道**（channel），每个输出通道是一种核的结果，叫做一张特征图。
# - 每个输出通道的核要看**所有**输入通道，所以 `weight` 的形状是 `(输出通道, 输入通道, 3, 3)`；每个输出通道还有一个偏置。
# - `padding=1` 在四周补一圈 0，3×3 的核就不会让图片变小。
#
# 同一个核用在每个位置上，所以参数很少，而且衣服挪到哪里，都找得到它的边。

# %% [markdown] tags=["en"]
# `nn.Conv2d(channels_in, channels_out, 3, padding=1)` has many such kernels, and training finds their numbers:
#
# - Its input has the shape `(n, channels, height, width)`. A grey picture has one **channel**; each channel of the output is what one kind of kernel found, a feature map.
# - A kernel of an output channel looks at **all** input channels, so `weight` has the shape `(channels_out, channels_in, 3, 3)`; and there is a bias for each output channel.
# - `padding=1` adds a border of zeros, so that a 3×3 kernel does not make the picture smaller.
#
# The same kernel serves everywhere, so there are few parameters, and wherever a garment is moved to, its edges are found.

# %%
conv = nn.Conv2d(1, 8, 3, padding=1)
print(conv(images[:2]).shape)
for name, parameter in conv.named_parameters():
    print(name, tuple(parameter.shape))
print("Conv2d(1, 8, 3):  ", sum(p.numel() for p in conv.parameters()), "parameters")
print("Linear(784, 784): ", sum(p.numel() for p in nn.Linear(784, 784).parameters()), "parameters")

# %% [markdown] tags=["zh"]
# **池化**（pooling）让图片变小：`nn.MaxPool2d(2)` 把每个 2×2 的小块换成其中最大的数，高和宽都减半（奇数的话，多出来的一行一列不要了）。哪里有边还看得出来，究竟在哪个像素上就不管了。后面的卷积看到的范围也就大了一倍。

# %% [markdown] tags=["en"]
# **Pooling** makes pictures smaller: `nn.MaxPool2d(2)` replaces each 2×2 patch by its greatest number, which halves the height and the width (of an odd size, the last row or column is dropped). You can still see that there is an edge, just not at which pixel, and the convolutions that follow see twice as far.

# %%
torch.manual_seed(0)
x = torch.randint(10, (4, 6)).float()
plots.tensor_grid(x, nn.MaxPool2d(2)(x[None])[0], titles=["x", "nn.MaxPool2d(2)"])

# %% [markdown] tags=["zh"]
# 卷积 → ReLU → 池化，重复几次：图片越来越小，通道越来越多。最后展平，用线性层分类。这就是**卷积神经网络**（convolutional neural network，CNN）。

# %% [markdown] tags=["en"]
# Convolution → ReLU → pooling, a few times over: the picture gets smaller and the channels get more. In the end, flatten and classify with a linear layer. That is a **convolutional neural network** (CNN).

# %%
plain_cnn = nn.Sequential(
    nn.Conv2d(1, 8, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(16 * 7 * 7, 10),
)
plots.network(plain_cnn, images[:1])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 8.2a · 自己的卷积（3 分）
#
# 写函数 `convolve(image, kernel)`：`image` 形状 `(h, w)`，`kernel` 形状 `(kh, kw)`，都是 dtype 和设备相同的浮点张量，核不比图片大。返回卷积的结果，形状 `(h − kh + 1, w − kw + 1)`，dtype 和设备不变。不补 0，核不翻转，两个参数都保持原样。
#
# 自己写，不要用 PyTorch 现成的卷积。
#
# 例：`convolve(torch.tensor([[1., 2., 3.], [4., 5., 6.]]), torch.tensor([[1., 10.]]))` 得到 `tensor([[21., 32.], [54., 65.]])`。
#
# <details><summary>提示 1</summary>先写出结果里的一个数：它是图片的哪一块和核逐个相乘，再加起来？</details>
# <details><summary>提示 2</summary>第 i 行第 j 列的数，来自从第 i 行、第 j 列开始、和核一样大的那一块：用切片取。</details>
# <details><summary>提示 3</summary>先用 <code>image.new_zeros(…)</code> 造一个结果，再用两层循环填满。也可以在核的每个数上循环，移动整张图片：循环少得多。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 8.2a · A convolution of your own (3 points)
#
# Write `convolve(image, kernel)`: `image` of shape `(h, w)` and `kernel` of shape `(kh, kw)` are float tensors with the same dtype and device, and the kernel is no larger than the picture. Return the convolution, shape `(h − kh + 1, w − kw + 1)`, with that dtype and device. No padding, no flipping of the kernel, and both arguments stay as they are.
#
# Write it yourself, without PyTorch's own convolutions.
#
# Example: `convolve(torch.tensor([[1., 2., 3.], [4., 5., 6.]]), torch.tensor([[1., 10.]]))` gives `tensor([[21., 32.], [54., 65.]])`.
#
# <details><summary>Hint 1</summary>Write down a single number of the result: which patch of the picture is multiplied by the kernel and added up?</details>
# <details><summary>Hint 2</summary>The number in row i and column j comes from the patch, as large as the kernel, that begins in row i and column j: take it with slices.</details>
# <details><summary>Hint 3</summary>Create the result with <code>image.new_zeros(…)</code> and fill it in two loops. Or loop over the numbers of the kernel instead, and move the whole picture.</details>


# %% nbgrader={"grade": false, "grade_id": "convolve", "locked": false, "schema_version": 3, "solution": true, "task": false}
def convolve(image: torch.Tensor, kernel: torch.Tensor) -> torch.Tensor:
    """image (h, w), kernel (kh, kw) -> (h - kh + 1, w - kw + 1)"""
    ### BEGIN SOLUTION
    height, width = kernel.shape
    rows, columns = image.shape[0] - height + 1, image.shape[1] - width + 1
    result = image.new_zeros(rows, columns)
    for i in range(height):
        for j in range(width):
            result = result + kernel[i, j] * image[i : i + rows, j : j + columns]
    return result
    ### END SOLUTION


# %% tags=["exercise"]
convolve(torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), torch.tensor([[1.0, 10.0]]))

# %% nbgrader={"grade": true, "grade_id": "convolve-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch.overrides import TorchFunctionMode

from pytorch_learning import checks


class OwnWork(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        name = getattr(function, "__name__", "")
        checks.true(
            "conv" not in name,
            checks.say(
                f"convolve：这次不用现成的 `{name}`，用切片、乘法和求和自己写",
                f"convolve: leave out the ready-made `{name}` this time and write it with slices, products and a sum",
            ),
        )
        return function(*args, **(kwargs or {}))


with checks.exercise("convolve"), OwnWork():

    def patch_by_patch(image, kernel):
        kh, kw = kernel.shape
        rows = []
        for i in range(image.shape[0] - kh + 1):
            row = []
            for j in range(image.shape[1] - kw + 1):
                total = 0.0
                for a in range(kh):
                    for b in range(kw):
                        total += image[i + a, j + b].item() * kernel[a, b].item()
                row.append(total)
            rows.append(row)
        return torch.tensor(rows, dtype=image.dtype)

    def padded(image, kernel):
        kh, kw = kernel.shape
        larger = image.new_zeros(image.shape[0] + kh - 1, image.shape[1] + kw - 1)
        larger[kh // 2 : kh // 2 + image.shape[0], kw // 2 : kw // 2 + image.shape[1]] = image
        return patch_by_patch(larger, kernel)

    flipped = checks.say("核翻转了：这里不翻转", "the kernel is flipped: leave it as it is")
    no_border = checks.say(
        "不要补 0：核要整个放得下，结果比图片小",
        "no padding: the whole kernel has to fit in, and the result is smaller than the picture",
    )
    short = checks.say(
        "少了最后一行或一列：h 行里，核有 h − kh + 1 个位置",
        "the last row or column is missing: in h rows there are h − kh + 1 places for the kernel",
    )

    def ends_early(image, kernel):
        result = patch_by_patch(image, kernel)
        result[-1], result[:, -1] = 0, 0
        return result

    mistakes = [
        (lambda x, k: patch_by_patch(x, k.flip(0, 1)), flipped),
        (lambda x, k: patch_by_patch(x, k.flip(1)), flipped),
        (lambda x, k: patch_by_patch(x, k.flip(0)), flipped),
        (padded, no_border),
        (lambda x, k: patch_by_patch(x, k)[:-1, :-1], short),
        (lambda x, k: patch_by_patch(x, k)[:-1], short),
        (lambda x, k: patch_by_patch(x, k)[:, :-1], short),
        (ends_early, short),
        (
            lambda x, k: patch_by_patch(x, k) / k.numel(),
            checks.say("是加起来，不是取平均", "add up, don't take the mean"),
        ),
        (
            lambda x, k: patch_by_patch(x, torch.ones_like(k)),
            checks.say("没有用到核里的数", "the kernel's numbers are not used"),
        ),
        (
            lambda x, k: patch_by_patch(x, k.sum(0).expand(k.shape)),
            checks.say(
                "这是矩阵乘法：要逐个相乘，用 `*`，不用 `@`",
                "that is a matrix product: multiply one by one, with `*` and not `@`",
            ),
        ),
        (
            lambda x, k: patch_by_patch(x, k.T),
            checks.say("核的行和列对调了", "rows and columns of the kernel are swapped"),
        ),
    ]
    x = torch.arange(1.0, 21).reshape(4, 5)
    checks.returns(
        convolve,
        torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
        torch.tensor([[1.0, 10.0]]),
        expected=torch.tensor([[21.0, 32.0], [54.0, 65.0]]),
        mistakes=mistakes,
    )
    k = torch.tensor([[1.0, 0.0, -2.0], [0.0, 3.0, 0.0]])
    checks.returns(convolve, x, k, expected=patch_by_patch(x, k), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        cases = [
            (torch.randn(6, 7), torch.randn(3, 3)),
            (torch.randn(7, 6), torch.randn(2, 4)),
            (torch.randn(5, 5), torch.randn(1, 1)),
            (torch.randn(4, 3), torch.randn(4, 3)),
            (torch.randn(1, 8), torch.randn(1, 3)),
            (torch.randn(8, 1), torch.randn(5, 1)),
            (torch.randn(1, 1), torch.randn(1, 1)),
            (torch.randn(6, 5, dtype=torch.float64), torch.randn(2, 3, dtype=torch.float64)),
            (torch.randn(5, 6).T, torch.randn(3, 2).T),
        ]
        checks.agrees(convolve, patch_by_patch, cases, mistakes=mistakes)
        checks.follows_device(convolve, torch.randn(4, 5), torch.randn(2, 3))
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 8.2b · 想要几段就几段（3 分）
#
# 写函数 `cnn(channels)`：`channels` 是 2 到 5 个整数的列表，第一个是图片的通道数。返回一个模块：相邻的两个通道数之间是一段，依次为 3×3 的卷积（`padding=1`，带偏置）→ ReLU → 2×2 的最大池化；最后展平，接一个线性层，给出 10 个分数，后面什么也没有。
#
# - 输入形状 `(n, channels[0], 28, 28)`，输出 `(n, 10)`。
# - `parameters()` 按层的先后给出参数。`channels` 保持原样。
#
# 例：`cnn([1, 8, 16])` 和上面的 `plain_cnn` 结构相同。
#
# <details><summary>提示 1</summary>每一段以后，高和宽各是多少？一段、两段、三段、四段都算一算。</details>
# <details><summary>提示 2</summary>在相邻的两个通道数上循环，把层放进列表；循环里顺便把边长减半。</details>
# <details><summary>提示 3</summary>整除是 <code>//</code>；线性层的输入有 通道 × 高 × 宽 个数；列表用 <code>*</code> 拆开来。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 8.2b · As many stages as you like (3 points)
#
# Write `cnn(channels)`: `channels` is a list of 2 to 5 whole numbers, the first of which is the pictures' number of channels. Return a module with one stage from each number of channels to the next: a 3×3 convolution (`padding=1`, with its bias) → ReLU → 2×2 max pooling. Then flatten, and end with one linear layer that gives 10 scores, and nothing after it.
#
# - The input has shape `(n, channels[0], 28, 28)`, the output `(n, 10)`.
# - `parameters()` gives the parameters in the order of the layers. Leave `channels` as it is.
#
# Example: `cnn([1, 8, 16])` has the same structure as `plain_cnn` above.
#
# <details><summary>Hint 1</summary>How high and wide is the picture after each stage? Work it out for one, two, three and four stages.</details>
# <details><summary>Hint 2</summary>Loop over pairs of neighbouring numbers and collect layers in a list; halve the side on the way.</details>
# <details><summary>Hint 3</summary>Division without remainder is <code>//</code>; the linear layer takes channels × height × width numbers; unpack the list with <code>*</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "cnn", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cnn(channels: list[int]) -> nn.Module:
    """channels -> a module from (n, channels[0], 28, 28) to (n, 10)"""
    ### BEGIN SOLUTION
    steps, side = [], 28
    for before, after in zip(channels[:-1], channels[1:]):
        steps += [nn.Conv2d(before, after, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
        side //= 2
    steps += [nn.Flatten(), nn.Linear(channels[-1] * side * side, 10)]
    return nn.Sequential(*steps)
    ### END SOLUTION


# %% tags=["exercise"]
cnn([1, 8, 16])

# %% nbgrader={"grade": true, "grade_id": "cnn-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch.nn import functional

from pytorch_learning import checks

with checks.exercise("cnn"):
    no_relu = checks.say("每段的卷积后面要有 ReLU", "in each stage a ReLU belongs after the convolution")
    relu_last = checks.say(
        "最后的线性层后面什么也不要：分数可以是负数", "nothing after the linear layer: scores may be negative"
    )
    average = checks.say("池化要取最大值，不是平均值", "pooling should take the maximum, not the mean")
    strided = checks.say(
        "少了最大池化：`stride=2` 的卷积代替不了它",
        "the max pooling is missing: a convolution with `stride=2` does not replace it",
    )
    by_chance = checks.say(
        "同样的输入，两次的输出不一样：这里不要 dropout",
        "the same input gives two different outputs: leave out dropout here",
    )
    order = checks.say(
        "参数的次序不对：层要按从输入到输出的次序放",
        "the parameters come in the wrong order: put the layers in from input to output",
    )
    side = checks.say(
        "最后的线性层大小不对：每段以后边长减半（整除），28 → 14 → 7 → 3 → 1，`padding=1` 的卷积不改变大小",
        "the linear layer at the end has the wrong size: each stage halves the side without remainder, 28 → 14 → 7 → 3 "
        "→ 1, and a convolution with `padding=1` leaves it as it is",
    )

    def same(x):
        return x

    def relu(x):
        return x.clamp(min=0)

    def every_other(x, size):
        return x[..., ::size, ::size][..., : x.shape[-2] // size, : x.shape[-1] // size]

    def compute(x, parameters, between=relu, after=same, pool=functional.max_pool2d, last=None):
        *stages, weight, bias = parameters
        for k in range(0, len(stages), 2):
            x = functional.conv2d(x, stages[k], stages[k + 1], padding=1)
            activation = last if last and k == len(stages) - 2 else between
            x = pool(activation(x), 2)
        return after(x.reshape(len(x), -1) @ weight.T + bias)

    def check_cnn(channels, n):
        given, name = list(channels), f"cnn({channels})"
        model = cnn(given)
        checks.is_module(model, name=name)
        unchanged = checks.say("传进来的列表不要改动", "don't change the list you are given")
        checks.equal(given, channels, name="channels", hint=unchanged)
        x = torch.randn(n, channels[0], 28, 28)
        lengths = [28, 14, 7, 3, 1]
        shapes = []
        for before, after in zip(channels[:-1], channels[1:]):
            shapes += [(after, before, 3, 3), (after,)]
        shapes += [(10, channels[-1] * lengths[len(channels) - 1] ** 2), (10,)]
        with torch.no_grad():
            if not any(isinstance(p, torch.nn.parameter.UninitializedParameter) for p in model.parameters()):
                wide = [tuple(p.shape) for p in model.parameters() if p.ndim == 2]
                if len(wide) == 1 and wide[0][0] == 10:
                    checks.true(wide == shapes[-2:-1], name + checks.say("：", ": ") + side)
            checks.is_tensor(model(x), name=name + "(x)")
            checks.parameter_shapes(model, shapes, name=name)
            parameters = list(model.parameters())
            checks.true([tuple(p.shape) for p in parameters] == shapes, name + checks.say("：", ": ") + order)
            for parameter in parameters:
                parameter.copy_(torch.randn(parameter.shape) / max(parameter[0].numel(), 1) ** 0.5)
            mistakes = [
                (compute(x, parameters, between=same), no_relu),
                (compute(x, parameters, last=same), no_relu),
                (compute(x, parameters, after=relu), relu_last),
                (compute(x, parameters).softmax(1), relu_last),
                (compute(x, parameters).log_softmax(1), relu_last),
                (compute(x, parameters, pool=every_other), strided),
                (compute(x, parameters, pool=functional.avg_pool2d), average),
                (compute(x, parameters, between=same, pool=functional.avg_pool2d), no_relu),
            ]
            checks.true(torch.allclose(model(x), model(x)), name + checks.say("：", ": ") + by_chance)
            checks.output(model, x, compute(x, parameters), name=f"{name}(x)", mistakes=mistakes)
        checks.true(
            model(x).requires_grad,
            name
            + checks.say(
                "：输出和参数的联系断了，不能训练",
                ": its output is cut off from the parameters, so it can't be trained",
            ),
        )

    check_cnn([1, 8, 16], 4)
    check_cnn([1, 4], 2)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_cnn([3, 4, 5, 6], 3)
        check_cnn([1, 2, 3, 4, 5], 1)
        check_cnn([2, 2, 2], 2)
        checks.own_parameters(lambda: cnn([1, 3, 3]), name="cnn([1, 3, 3])")
        model, x = cnn([1, 3, 4]), torch.randn(2, 1, 28, 28)
        model(x)  # a lazy layer gets its parameters at its first call
        checks.moves(model, x, name="cnn([1, 3, 4])")
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 8.3 学得更好的办法
#
# ### 批归一化
#
# 训练时每一层的参数都在变，后面的层收到的数忽大忽小，学起来就慢。**批归一化**（batch normalisation）放在卷积后面，把每个通道标准化：减去这一批的均值，除以标准差，均值和标准差都在整批图片的所有像素上算，每个通道一个。然后乘以一个学出来的权重、加上一个学出来的偏置，让网络自己决定要多大的数。
#
# `nn.BatchNorm2d(通道)` 在训练和评估时做的事不一样（4.4 讲过）：评估时用训练中记下来的滑动平均。忘了 `model.eval()`，一张图片得到什么答案，就要看同一批里碰巧还有哪些图片。

# %% [markdown] tags=["en"]
# ## 8.3 Ways to learn more
#
# ### Batch normalisation
#
# During training the parameters of every layer change, so the numbers that the next layer gets grow and shrink, and it learns slowly. **Batch normalisation** comes after a convolution and standardises each channel: it subtracts the mean of this batch and divides by its standard deviation, both taken over all pixels of all its pictures, one for each channel. It then multiplies by a weight and adds a bias, which are learnt, so that the network can decide how large it wants the numbers to be.
#
# `nn.BatchNorm2d(channels)` does one thing in training and another in evaluation (see 4.4), where it uses the running averages that it noted during training. If you forget `model.eval()`, the answer to a picture depends on which others happen to be in its batch.

# %%
torch.manual_seed(0)
x = 3 * torch.randn(50, 2, 4, 4) + torch.tensor([10.0, -5.0]).reshape(1, 2, 1, 1)
y = nn.BatchNorm2d(2)(x).detach()
for name, tensor in (("x", x), ("y", y)):
    means = [round(number, 1) + 0.0 for number in tensor.mean(dim=(0, 2, 3)).tolist()]
    deviations = [round(number, 1) for number in tensor.std(dim=(0, 2, 3)).tolist()]
    print(name, "means", means, "standard deviations", deviations)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 8.3a · 一个通道一个通道地标准化（2 分）
#
# 写函数 `normalise_channels(x, eps)`：`x` 是形状 `(n, c, h, w)` 的浮点张量。返回 (x − 均值) ÷ √(方差 + eps)，形状和 dtype 不变；每个通道一个均值、一个方差，在所有图片的所有像素上算。（`eps` 通常很小，免得除以 0。）方差是差的平方的平均（除以个数，不减 1）。`x` 保持原样。
#
# 自己写，不要用现成的归一化层或函数。
#
# 例：`normalise_channels(torch.tensor([[[[0., 2.]]], [[[4., 2.]]]]), 2.0)` 得到 `tensor([[[[-1., 0.]]], [[[1., 0.]]]])`：均值 2，方差 2。
#
# <details><summary>提示 1</summary>四个维度里，哪几个要归约掉，哪一个要留下？</details>
# <details><summary>提示 2</summary><code>mean</code> 可以一次对几个维度求：<code>dim=(…)</code>；要能广播，就加 <code>keepdim=True</code>。</details>
# <details><summary>提示 3</summary><code>var</code> 默认除以个数减 1：写 <code>correction=0</code>，或者自己算差的平方的平均。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 8.3a · Standardise channel by channel (2 points)
#
# Write `normalise_channels(x, eps)`: `x` is a float tensor of shape `(n, c, h, w)`. Return (x − mean) ÷ √(variance + eps), with the same shape and dtype; there is one mean and one variance for each channel, over all pixels of all pictures. (`eps`, usually a very small number, keeps the divisor from being 0.) The variance is the mean of the squared differences (divided by their number, not by one less). Leave `x` as it is.
#
# Write it yourself, without ready-made layers or functions that normalise.
#
# Example: `normalise_channels(torch.tensor([[[[0., 2.]]], [[[4., 2.]]]]), 2.0)` gives `tensor([[[[-1., 0.]]], [[[1., 0.]]]])`: the mean is 2 and so is the variance.
#
# <details><summary>Hint 1</summary>Which of the four dimensions are to be reduced, and which one stays?</details>
# <details><summary>Hint 2</summary><code>mean</code> can take several dimensions at once: <code>dim=(…)</code>. To broadcast afterwards, add <code>keepdim=True</code>.</details>
# <details><summary>Hint 3</summary><code>var</code> divides by the number less 1 unless you write <code>correction=0</code>; or take the mean of the squares yourself.</details>


# %% nbgrader={"grade": false, "grade_id": "normalise_channels", "locked": false, "schema_version": 3, "solution": true, "task": false}
def normalise_channels(x: torch.Tensor, eps: float) -> torch.Tensor:
    """x (n, c, h, w) -> (n, c, h, w), each channel standardised"""
    ### BEGIN SOLUTION
    centred = x - x.mean(dim=(0, 2, 3), keepdim=True)
    variance = (centred**2).mean(dim=(0, 2, 3), keepdim=True)
    return centred / (variance + eps).sqrt()
    ### END SOLUTION


# %% tags=["exercise"]
normalise_channels(torch.tensor([[[[0.0, 2.0]]], [[[4.0, 2.0]]]]), 2.0)

# %% nbgrader={"grade": true, "grade_id": "normalise_channels-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch.overrides import TorchFunctionMode

from pytorch_learning import checks


class OwnWork(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        name = getattr(function, "__name__", "")
        checks.true(
            not any(kind in name for kind in ("batch_norm", "instance_norm", "group_norm", "layer_norm")),
            checks.say(
                f"normalise_channels：这次不用现成的 `{name}`，用均值和方差自己写",
                f"normalise_channels: leave out the ready-made `{name}` this time and write it with mean and variance",
            ),
        )
        return function(*args, **(kwargs or {}))


with checks.exercise("normalise_channels"), OwnWork():

    def over(dims, correction=0):
        def standardise(x, eps):
            centred = x - x.mean(dims, keepdim=True)
            return centred / (x.var(dims, correction=correction, keepdim=True) + eps).sqrt()

        return standardise

    def eps_outside(x, eps):
        deviation = x.var((0, 2, 3), correction=0, keepdim=True).sqrt()
        return (x - x.mean((0, 2, 3), keepdim=True)) / (deviation + eps)

    def no_root(x, eps):
        variance = x.var((0, 2, 3), correction=0, keepdim=True)
        return (x - x.mean((0, 2, 3), keepdim=True)) / (variance + eps)

    def no_brackets(x, eps):
        variance = x.var((0, 2, 3), correction=0, keepdim=True)
        return x - x.mean((0, 2, 3), keepdim=True) / (variance + eps).sqrt()

    def not_centred(x, eps):
        return x / (x.var((0, 2, 3), correction=0, keepdim=True) + eps).sqrt()

    every_picture = checks.say(
        "每张图片各算各的：均值和方差要在整批图片上算",
        "each picture has its own mean there: take mean and variance over the pictures of the whole batch",
    )
    every_pixel = checks.say(
        "每个像素各算各的：高和宽都要归约掉",
        "each pixel has its own mean there: reduce both height and width",
    )
    all_channels = checks.say(
        "所有通道算在一起了：每个通道要有自己的均值和方差",
        "all channels are taken together: each has a mean and a variance of its own",
    )
    mistakes = [
        (over((2, 3)), every_picture),
        (over((1, 2, 3)), every_picture),
        (over((0,)), every_pixel),
        (over((0, 1, 2, 3)), all_channels),
        (
            over((1,)),
            checks.say(
                "第 1 维是通道，要留下的正是它：归约掉另外三维",
                "dim 1 is that of the channels, the one that stays: reduce the other three",
            ),
        ),
        (
            over((0, 2, 3), correction=1),
            checks.say(
                "方差除以了个数减 1：这里除以个数", "that variance is divided by n − 1: divide by n here"
            ),
        ),
        (
            eps_outside,
            checks.say("eps 加在方差上，在根号里面", "eps is added to the variance, under the root"),
        ),
        (no_root, checks.say("要除以标准差：方差还要开平方", "divide by the root of the variance")),
        (not_centred, checks.say("还没有减去均值", "the mean is not yet subtracted")),
        (
            lambda x, eps: over((0, 2, 3))(x, 0.0),
            checks.say(
                "没有用传进来的 eps：加在方差上，在根号里面",
                "the eps that is passed in is not used: add it to the variance, under the root",
            ),
        ),
        (
            no_brackets,
            checks.say(
                "先减后除：`(x - 均值)` 要加括号",
                "subtract first, then divide: put brackets around `(x - mean)`",
            ),
        ),
    ]
    example = torch.tensor([[[[0.0, 2.0]]], [[[4.0, 2.0]]]])
    checks.returns(
        normalise_channels,
        example,
        2.0,
        expected=torch.tensor([[[[-1.0, 0.0]]], [[[1.0, 0.0]]]]),
        mistakes=mistakes,
    )

    def channel_by_channel(x, eps):
        result = torch.empty_like(x, dtype=torch.float64)
        for c in range(x.shape[1]):
            numbers = x[:, c].double()
            mean = sum(numbers.flatten().tolist()) / numbers.numel()
            variance = sum((value - mean) ** 2 for value in numbers.flatten().tolist()) / numbers.numel()
            result[:, c] = (numbers - mean) / (variance + eps) ** 0.5
        return result.to(x.dtype)

    checks.agrees(
        normalise_channels,
        channel_by_channel,
        [(torch.arange(24.0).reshape(2, 3, 2, 2), 0.5)],
        mistakes=mistakes,
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        # Not further from 0: else the mean of the squares less the mean's square is too inexact in float32.
        spread = torch.tensor([0.0, 3.0, -5.0]).reshape(1, 3, 1, 1)
        cases = [
            (2 * torch.randn(4, 3, 5, 6) + spread, 1e-5),
            (torch.randn(3, 2, 4, 1, dtype=torch.float64) + 5, 1e-3),
            (torch.randn(1, 4, 3, 3), 0.1),
            (torch.randn(6, 1, 1, 1), 1.0),
            (torch.full((2, 2, 2, 2), 0.75), 1e-5),
            (torch.randn(2, 3, 4, 5).transpose(2, 3), 0.01),
        ]
        checks.agrees(normalise_channels, channel_by_channel, cases, mistakes=mistakes)
        checks.follows_device(normalise_channels, torch.randn(2, 3, 4, 5), 1e-5)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 成批地增强
#
# 3.2 的数据增强一张一张地做。把数据当成大张量时，可以一次改一整批，快得多。例如随机平移：四周补 0，再切出 28×28。整批移动同样的距离，下一批再抽：

# %% [markdown] tags=["en"]
# ### Augmenting whole batches
#
# In 3.2 pictures were augmented one by one. With the data in one large tensor you can change a whole batch at a time, which is much faster. Here is a random shift: a border of zeros all around, then 28×28 cut out. The whole batch moves the same distance, and the next one draws again:


# %% tags=["nbval-ignore-output"]
def shifted(batch, distance):
    top, left = torch.randint(2 * distance + 1, (2,)).tolist()
    larger = F.pad(batch, [distance] * 4)
    return larger[:, :, top : top + 28, left : left + 28]


torch.manual_seed(0)
plots.images([*images[:6], *shifted(images[:6], 4)], columns=6)
plt.show()

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 8.3b · 有的照镜子，有的不照（3 分）
#
# 写函数 `flip_some(images, p)`：`images` 形状 `(n, c, h, w)`，dtype 任意。每张图片**各自**以概率 `p` 左右翻转，其余的不变；返回同样形状、dtype 和设备的张量，次序不变，`images` 保持原样。`n` 可以是 0；`p` 是 0 就都不翻，是 1 就都翻。每次调用重新抽，用 PyTorch 的随机数（`torch.manual_seed` 能重现）。
#
# 例：`flip_some(torch.tensor([[[[1, 2, 3]]], [[[4, 5, 6]]]]), 0.5)` 可能得到 `tensor([[[[3, 2, 1]]], [[[4, 5, 6]]]])`。
#
# <details><summary>提示 1</summary>先给每张图片抽一个真假，一共 n 个。</details>
# <details><summary>提示 2</summary>左右翻转沿着宽的那一维，也就是最后一维：<code>flip</code>。</details>
# <details><summary>提示 3</summary><code>torch.where(条件, 翻过的, 原来的)</code>；条件的形状要能和 <code>(n, c, h, w)</code> 广播。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 8.3b · Some look into the mirror (3 points)
#
# Write `flip_some(images, p)`: `images` has the shape `(n, c, h, w)` and any dtype. **Each by itself**, the pictures are flipped left to right with probability `p`, and the others stay as they are. Return a tensor of the same shape, dtype and device, in the same order; leave `images` itself alone. `n` may be 0; with a `p` of 0 none is flipped, with 1 all are. Every call draws anew, with PyTorch's random numbers (`torch.manual_seed` repeats them).
#
# Example: `flip_some(torch.tensor([[[[1, 2, 3]]], [[[4, 5, 6]]]]), 0.5)` may give `tensor([[[[3, 2, 1]]], [[[4, 5, 6]]]])`.
#
# <details><summary>Hint 1</summary>First draw a true or false for each picture, n of them.</details>
# <details><summary>Hint 2</summary>Left and right are swapped along the width, the last dimension: <code>flip</code>.</details>
# <details><summary>Hint 3</summary><code>torch.where(condition, flipped, unflipped)</code>, with a condition whose shape broadcasts with <code>(n, c, h, w)</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "flip_some", "locked": false, "schema_version": 3, "solution": true, "task": false}
def flip_some(images: torch.Tensor, p: float) -> torch.Tensor:
    """images (n, c, h, w) -> (n, c, h, w), each flipped left to right with probability p"""
    ### BEGIN SOLUTION
    chosen = torch.rand(len(images), 1, 1, 1, device=images.device) < p
    return torch.where(chosen, images.flip(3), images)
    ### END SOLUTION


# %% tags=["exercise"]
flip_some(torch.tensor([[[[1, 2, 3]]], [[[4, 5, 6]]]]), 0.5)

# %% nbgrader={"grade": true, "grade_id": "flip_some-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("flip_some"):
    mark = checks.say("：", ": ")
    neither = checks.say(
        "有的图片既不是原样，也不是左右翻转：沿最后一维翻转整张图片，次序不变",
        "some pictures are neither as they were nor flipped left to right: flip the whole picture along the last "
        "dimension, and keep the order",
    )
    upside = checks.say("上下翻转了：宽是最后一维", "they are upside down: the width is the last dimension")
    channels = checks.say(
        "翻转的是通道：宽是最后一维", "their channels are in reverse order: the width is the last dimension"
    )
    together = checks.say(
        "整批一起翻或一起不翻：每张图片要各抽各的",
        "the whole batch is flipped or none of it: draw for each picture",
    )
    inside = checks.say(
        "同一张图片里，有的行、通道或像素翻了，有的没有：每张图片只抽一次",
        "within one picture some rows, channels or pixels are flipped and others are not: draw once for each picture",
    )
    reversed_p = checks.say("p 是翻转的概率：比较反了", "p is the probability of a flip: turn the comparison")
    share = checks.say(
        "翻转的比例不对：每张以概率 p 翻转（`rand`，不是 `randn`）",
        "the share of flipped pictures is wrong: each is flipped with probability p (`rand`, not `randn`)",
    )
    fixed = checks.say(
        "每次翻转的张数都一样：每张图片各抽各的，不要先定好张数",
        "every call flips the same number of pictures: draw for each by itself, don't settle their number beforehand",
    )
    anew = checks.say(
        "两次调用翻的是同样的图片：每次重新抽，不要设种子",
        "two calls flipped the same pictures: draw anew, and set no seed",
    )
    seeded = checks.say(
        "`torch.manual_seed` 重现不了：要用 PyTorch 的随机数",
        "`torch.manual_seed` does not repeat it: use PyTorch's random numbers",
    )
    changed = checks.say(
        "传进来的 `images` 被改动了：先 `clone()`，或用 `torch.where`",
        "the `images` that were passed in have changed: `clone()` them first, or use `torch.where`",
    )

    def run(images, p):
        name = f"flip_some(images, {p})"
        before = images.clone()
        result = flip_some(images, p)
        checks.is_tensor(result, name=name)
        checks.shape(result, before.shape, name=name)
        checks.dtype(result, before.dtype, name=name)
        checks.true(torch.equal(images, before), name + mark + changed)
        return result, name

    def check_flips(images, p):
        state = torch.get_rng_state()
        result, name = run(images, p)
        mirrored = images.flip(3)
        flipped = (result == mirrored).flatten(1).all(1)
        kept = (result == images).flatten(1).all(1)
        if not bool((flipped | kept).all()):
            pieces = (result == mirrored) | (result == images)
            for dim, advice in ((2, upside), (1, channels)):
                if bool(((result == images.flip(dim)).flatten(1).all(1) | kept).all()):
                    raise checks.CheckFailed(name + mark + advice)
            raise checks.CheckFailed(name + mark + (inside if bool(pieces.all()) else neither))
        checks.true(not bool(flipped.all()) and bool(flipped.any()), name + mark + together)
        found = flipped.double().mean().item()
        # 0.06 is more than 7 standard errors of 4,000 draws.
        if abs(p - 0.5) > 0.1:
            checks.true(abs(found - (1 - p)) > 0.06, name + mark + reversed_p)
        checks.true(abs(found - p) < 0.06, name + mark + share)
        second, _ = run(images, p)
        checks.true(not torch.equal(second, result), name + mark + anew)
        torch.set_rng_state(state)
        checks.true(torch.equal(run(images, p)[0], result), name + mark + seeded)

    check_flips(torch.rand(4000, 2, 2, 3), 0.3)
    few, numbers = torch.rand(20, 1, 1, 3), set()
    for _ in range(20):
        result, name = run(few, 0.5)
        numbers.add(int((result == few.flip(3)).flatten(1).all(1).sum()))
    checks.true(len(numbers) > 1, name + mark + fixed)
    example = torch.arange(12).reshape(2, 1, 2, 3)
    for p, expected in ((0.0, example), (1.0, example.flip(3))):
        result, name = run(example, p)
        checks.equal(result, expected, name=name, mistakes=[(example.flip(2), upside)])
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_flips(torch.rand(4000, 3, 3, 4, dtype=torch.float64), 0.8)
        check_flips(torch.randint(256, (4000, 2, 2, 8), dtype=torch.uint8), 0.5)
        run(torch.rand(0, 1, 3, 3), 0.5)
        single, name = run(torch.rand(1, 1, 1, 5), 0.5)
        wide = torch.rand(50, 1, 4, 1)
        result, name = run(wide, 0.5)
        checks.equal(result, wide, name=name)
        try:
            checks.follows_device(flip_some, torch.rand(4, 1, 2, 3), 0.5)
        except checks.CheckFailed as failure:
            # Picking with booleans has to read values, which `meta` has not.
            if "nonzero" not in str(failure.__cause__):
                raise
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 学习率的安排
#
# 学习率大，走得快，可是到了谷底附近会来回跳；小，走得稳，可是慢。所以在训练中改变它：**一周期**（one cycle）的办法先升后降，开头从小的升上去（这时参数还是随机的，走大步容易跑偏），中间大步走，最后降到几乎是 0，安安稳稳地落下来。
#
# `OneCycleLR` 就是这样的**调度器**（scheduler）。`total_steps` 是一共要走多少步，也就是轮次数 × 每轮的批数；每次 `optimizer.step()` **之后**调用一次 `schedule.step()`。

# %% [markdown] tags=["en"]
# ### A schedule for the learning rate
#
# With a high learning rate you get on fast, but near the bottom of the valley you jump to and fro; with a low one you step surely and slowly. So change it during training. **One cycle** goes up and then down: it begins low (the parameters are still random, and large steps lead astray), takes large steps in the middle, and in the end comes down to almost 0 for a soft landing.
#
# `OneCycleLR` is such a **scheduler**. `total_steps` is the number of steps in the whole training, epochs × batches per epoch; call `schedule.step()` once **after** each `optimizer.step()`.

# %%
layer = nn.Linear(1, 1)
optimizer = torch.optim.Adam(layer.parameters())
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=4e-3, total_steps=300)
rates = []
for _ in range(300):
    rates.append(schedule.get_last_lr()[0])
    optimizer.step()
    schedule.step()
figure, axes = plt.subplots(figsize=(6, 2.2))
axes.plot(rates, color="#0072b2")
axes.set_xlabel("step")
axes.set_ylabel("learning rate")
plt.show()
print(f"first {rates[0]:.6f}, highest {max(rates):.6f}, last {rates[-1]:.9f}")

# %% [markdown] tags=["zh"]
# ### 快一点，就能多学一点
#
# 时间有限，省下来的时间可以多训练几个轮次，或者换大一点的网络。在 CPU 上有两招，合起来大约快一倍，结果几乎一样：
#
# - **先池化**：卷积 → 池化 → 批归一化 → ReLU。池化以后像素只剩四分之一，后面两步就只做四分之一的事。
# - **换内存排列**：`model.to(memory_format=torch.channels_last)`，输入也一样。形状不变，步幅变了（1.4 讲过）：同一个像素的各个通道挨在一起，CPU 的卷积喜欢这样。

# %% [markdown] tags=["en"]
# ### Faster is more
#
# Time is limited, and what you save goes into more epochs or a larger network. On a CPU there are two tricks that together make it about twice as fast, with almost the same result:
#
# - **Pool first**: convolution → pooling → batch normalisation → ReLU. After pooling, a quarter of the pixels are left, so the next two have a quarter of the work.
# - **Another order in memory**: `model.to(memory_format=torch.channels_last)`, and the input likewise. The shape stays the same and the strides change (remember 1.4): all channels of a pixel lie side by side, which is how a CPU's convolutions like it.

# %%
x = images[:2].expand(2, 3, 28, 28).contiguous()
y = x.to(memory_format=torch.channels_last)
print(x.shape, x.stride())
print(y.shape, y.stride(), torch.equal(x, y))

# %% [markdown] tags=["zh"]
# ### 每一样值多少
#
# 要知道一样东西有没有用，就**只改它一样**，其余不动，在验证集上比。先用一小部分数据比，几秒钟就有结果，选定了再用全部数据。下面用 6,000 张图片训练三个轮次，比四种办法，每种比前一种只多一样¹。`learn` 里的 `-(-n // size)` 是每轮的批数：除法，向上取整。
#
# <small>¹ 最后一种同时把学习率的最高点提到了 10 倍：敢走这么大的步，正是一周期的用处。</small>

# %% [markdown] tags=["en"]
# ### What each of them is worth
#
# To learn whether a thing helps, change **that alone**, leave everything else as it is, and compare on the validation set. Compare on a small part of the data first, where it takes seconds; use all the data once you have chosen. Here four methods are compared, each trained for three epochs on 6,000 pictures, and each with one thing more than the one before¹. In `learn`, `-(-n // size)` is the number of batches in an epoch: a division that rounds up.
#
# <small>¹ The last one also takes the learning rate up to ten times as much: such large steps are what one cycle is for.</small>


# %% tags=["nbval-ignore-output"]
def learn(net, rate, one_cycle, epochs=3, size=64, n=6_000):
    adam = torch.optim.Adam(net.parameters(), lr=rate)
    steps = epochs * -(-n // size)
    cycle = torch.optim.lr_scheduler.OneCycleLR(adam, rate, total_steps=steps) if one_cycle else None
    net.train()
    for _ in range(epochs):
        for batch in torch.randperm(n).split(size):
            loss = F.cross_entropy(net(images[batch]), labels[batch])
            adam.zero_grad()
            loss.backward()
            adam.step()
            if cycle:
                cycle.step()
    return net


def scores_of(net, pictures):
    net.eval()
    with torch.no_grad():
        return torch.cat([net(batch) for batch in pictures.split(1000)])


def fully_connected():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))


def convolutional(normalise):
    def stage(before, after):
        norm = nn.BatchNorm2d(after) if normalise else nn.Identity()
        return nn.Conv2d(before, after, 3, padding=1), nn.MaxPool2d(2), norm, nn.ReLU()

    layers = *stage(1, 16), *stage(16, 32), nn.Flatten(), nn.Linear(32 * 7 * 7, 10)
    return nn.Sequential(*layers).to(memory_format=torch.channels_last)


recipes = {
    "fully connected": (fully_connected, 1e-3, False),
    "CNN": (lambda: convolutional(False), 1e-3, False),
    "CNN, batch norm": (lambda: convolutional(True), 1e-3, False),
    "... and one cycle": (lambda: convolutional(True), 1e-2, True),
}
reached, nets = {}, {}
for name, (build, rate, one_cycle) in recipes.items():
    torch.manual_seed(0)
    nets[name] = learn(build(), rate, one_cycle)
    answers = scores_of(nets[name], validation_images).argmax(1)
    reached[name] = 100 * (answers == validation_labels).float().mean().item()
figure, axes = plt.subplots(figsize=(6, 2.2))
bars = axes.barh(list(reached), list(reached.values()), color="#56b4e9")
axes.bar_label(bars, fmt="%.1f", padding=3)
axes.set_xlim(70, 95)
axes.set_xlabel("accuracy on the validation set, %")
axes.invert_yaxis()
plt.show()

# %% [markdown] tags=["zh"]
# 别忘了 8.1：正确率在这个水平时，每根横条有上下 0.7 个百分点左右的误差，差得多才算数。训练这么短，光有卷积比全连接好不了多少，甚至差不多；加上批归一化，才跳上一大截。

# %% [markdown] tags=["en"]
# Remember 8.1: at these accuracies each bar has an error of some 0.7 percentage points either way, and only a difference that is clearly larger counts. In so short a training, convolution alone gains little or nothing over the fully connected network; with batch normalisation comes the leap.

# %% [markdown] tags=["zh"]
# ## 8.4 项目
#
# 现在轮到你了。可以这样开始：
#
# 1. 先让最简单的卷积网络跑起来，训练一小部分图片，看看损失降不降。
# 2. 一次改一样，记下每一样改动和验证集上的正确率。
# 3. 网络大了，轮次就少；轮次多了，网络就得小。看看时间花在哪里。
# 4. 训练集上好、验证集上差，是过拟合：dropout、数据增强。两边都不好，是学得不够：大一点的网络、多几个轮次、高一点的学习率。

# %% [markdown] tags=["en"]
# ## 8.4 The project
#
# Now it is your turn. You could begin like this:
#
# 1. Get the simplest convolutional network to run, train it on a small part of the pictures, and see whether the loss goes down.
# 2. Change one thing at a time, and note each change with its accuracy on the validation set.
# 3. A larger network leaves time for fewer epochs, and more epochs want a smaller one. Find out where the time goes.
# 4. Good on the training set and worse on the validation set is overfitting: dropout, augmentation. Bad on both means that it has not learnt enough: a larger network, more epochs, a higher learning rate.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 8.4 · 你的模型（8 分）
#
# 写类 `GarmentClassifier`，它是 `nn.Module` 的子类，创建时不要参数：
#
# - `forward(x)`：`x` 形状 `(n, 1, 28, 28)`，`float32`，从 0 到 1；返回 10 个类别的 logits，形状 `(n, 10)`。`n` 可以是 1。评估模式下，一张图片的结果每次都一样，也和同一批里还有谁无关。
# - `fit(images, labels)`：`images` 形状 `(n, 1, 28, 28)`，`float32`，从 0 到 1；`labels` 形状 `(n,)`，`int64`。训练 `self` 这个模型，不用返回什么。只用这些数据，`n` 不要写死：检查会先用 2,000 张图片试一试（标签换了编号，看它学的是不是给它的数据），再用 60,000 张正式训练。
#
# **分数**：在 10,000 张没见过的图片上，正确率 86% 得 2 分，88% 得 4 分，90% 得 6 分，92% 得 8 分。
#
# **时间**：120 秒，按两个空闲的核计算：检查先测一测你的机器有多快，慢的、忙的机器按比例多给时间（最多五倍）。时间一到，训练就停下，模型按当时的样子评分；试训练的时间不算在内。批改时只有 CPU；你的机器有 GPU 的话，`fit` 可以把模型搬过去，没有 GPU 时也要能运行。
#
# 检查要训练完整的一遍，要几分钟，所以先在下面的草稿单元格里用一部分数据试，有把握了再运行检查。
#
# <details><summary>提示 1</summary>从 8.2 的卷积网络和 8.3 的 <code>learn</code> 开始，把它们装进这个类里：<code>self</code> 就是模型，参数是 <code>self.parameters()</code>。</details>
# <details><summary>提示 2</summary>90% 用不着很多：两段卷积，加上批归一化和一周期的学习率，几个轮次。</details>
# <details><summary>提示 3</summary>到 92%：段数、通道多一点（例如 16、32、64），展平以后再加一个隐藏的线性层，左右翻转作增强，多几个轮次；记得 8.3 里让训练快一倍的两招。</details>
# <details><summary>提示 4</summary>还差一点的话：评估模式下，把图片和它镜像的 logits 加起来，常常能再多 0.2 到 0.4 个百分点。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 8.4 · Your model (8 points)
#
# Write the class `GarmentClassifier`, a subclass of `nn.Module` that is created without arguments:
#
# - `forward(x)`: `x` has the shape `(n, 1, 28, 28)`, `float32` from 0 to 1; return the logits of the 10 classes, shape `(n, 10)`. `n` may be 1. In eval mode a picture gets the same result every time, whatever else is in its batch.
# - `fit(images, labels)`: `images` of shape `(n, 1, 28, 28)`, `float32` from 0 to 1, and `labels` of shape `(n,)`, `int64`. Train `self`, this very model; nothing needs to be returned. Use these data alone, and fix no `n`: the check first tries 2,000 pictures (with the classes renumbered, to see whether it learns what it is given) and then trains in earnest on 60,000.
#
# **Points**: by the accuracy on 10,000 pictures it has never seen: 2 points at 86 %, 4 at 88 %, 6 at 90 %, 8 at 92 %.
#
# **Time**: 120 seconds, counted on two idle cores: the check first measures how fast your machine is, and gives a slower or busier one more time in proportion (at most five times as much). When time is up, training stops and the model is graded as it is; the trial does not count. For grading there is a CPU only. If your machine has a GPU, `fit` may move the model there, but it must run without one too.
#
# The check does a whole training, which takes minutes, so try things on a part of the data in the scratch cell below, and run the check when you feel confident.
#
# <details><summary>Hint 1</summary>Begin with the CNN of 8.2 and <code>learn</code> of 8.3, and put them into this class: <code>self</code> is the model, its parameters are <code>self.parameters()</code>.</details>
# <details><summary>Hint 2</summary>90 % does not take much: two stages of convolution with batch normalisation, one cycle of the learning rate, a few epochs.</details>
# <details><summary>Hint 3</summary>For 92 %: more stages and channels (16, 32 and 64, say), after flattening one more hidden linear layer, flips for augmentation, a few more epochs; and remember the two tricks of 8.3 that make training twice as fast.</details>
# <details><summary>Hint 4</summary>If a little is still missing: in eval mode, add up the logits of a picture and of its mirror image; that often gains another 0.2 to 0.4 points.</details>


# %% nbgrader={"grade": false, "grade_id": "GarmentClassifier", "locked": false, "schema_version": 3, "solution": true, "task": false}
class GarmentClassifier(nn.Module):
    """x (n, 1, 28, 28) from 0 to 1 -> logits (n, 10)"""

    def __init__(self) -> None:
        super().__init__()
        ### BEGIN SOLUTION
        self.stages = nn.Sequential(*self.stage(1, 16), *self.stage(16, 32), *self.stage(32, 64))
        self.stages.to(memory_format=torch.channels_last)
        self.head = nn.Sequential(nn.Linear(64 * 3 * 3, 256), nn.ReLU(), nn.Linear(256, 10))

    @staticmethod
    def stage(channels_in, channels_out):
        convolution = nn.Conv2d(channels_in, channels_out, 3, padding=1, bias=False)
        return convolution, nn.MaxPool2d(2), nn.BatchNorm2d(channels_out), nn.ReLU()

    def logits(self, x):
        return self.head(self.stages(x.to(memory_format=torch.channels_last)).flatten(1))
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, 1, 28, 28) float32 -> logits (n, 10)"""
        ### BEGIN SOLUTION
        if self.training:
            return self.logits(x)
        return self.logits(x) + self.logits(x.flip(3))
        ### END SOLUTION

    def fit(self, images: torch.Tensor, labels: torch.Tensor) -> None:
        """images (n, 1, 28, 28) float32, labels (n,) int64: train this model on them"""
        ### BEGIN SOLUTION
        epochs, size, rate = 6, 128, 1e-2
        optimizer = torch.optim.Adam(self.parameters(), lr=rate)
        steps = epochs * -(-len(images) // size)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=rate, total_steps=steps)
        self.train()
        for _ in range(epochs):
            for indices in torch.randperm(len(images)).split(size):
                batch = images[indices]
                mirrored = torch.rand(len(batch), 1, 1, 1) < 0.5
                batch = torch.where(mirrored, batch.flip(3), batch)
                optimizer.zero_grad()
                F.cross_entropy(self(batch), labels[indices]).backward()
                optimizer.step()
                schedule.step()
        ### END SOLUTION


# %% tags=["exercise", "nbval-ignore-output"]
torch.manual_seed(0)
candidate = GarmentClassifier()
candidate.fit(images[:3_000], labels[:3_000])
candidate.eval()
with torch.no_grad():
    guesses = candidate(validation_images[:2_000]).argmax(1)
print((guesses == validation_labels[:2_000]).float().mean().item())

# %% nbgrader={"grade": true, "grade_id": "GarmentClassifier-test", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false} pytorch_learning={"seconds": 1000} tags=["nbval-ignore-output"]
# 检查 · Check
from pytorch_learning import checks
from pytorch_learning.checks import project

with checks.exercise("GarmentClassifier") as score:
    split = 8
    ### BEGIN HIDDEN TESTS
    split = 80_802  # other pictures than those that the worksheet's check holds out
    ### END HIDDEN TESTS
    accuracy = project.accuracy(GarmentClassifier, split, name="GarmentClassifier")
    score.steps(accuracy, {0.86: 2, 0.88: 4, 0.90: 6, 0.92: 8})
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        checks.own_parameters(GarmentClassifier, name="GarmentClassifier()")
    ### END HIDDEN TESTS
score.points

# %% [markdown] tags=["zh"]
# ## 8.5 错在哪里
#
# 一个正确率只说错了多少，没说错了什么。看看 8.3 里最后那个网络在验证集上的回答：每一类的图片，它最常认成哪一种别的衣物？
#
# 先数成一张表：行是真正的类别，列是认成的类别，格子里是张数。这就是**混淆矩阵**（confusion matrix）。同一格会数到很多次，`accumulate=True` 让它每次都加；`table[a, b] += 1` 遇到重复的位置只加一次。

# %% [markdown] tags=["en"]
# ## 8.5 Where it goes wrong
#
# An accuracy says how many mistakes there are and nothing of what they are. Take the last network of 8.3 and its answers on the validation set: which other garment does it most often take each class for?
#
# Count them in a table: a row for each true class, a column for each class it was taken for, and in the cells the numbers of pictures. That is the **confusion matrix**. The same cell comes up many times, and `accumulate=True` adds every time; `table[a, b] += 1` would add 1 to a repeated place only once.

# %% tags=["nbval-ignore-output"]
scores = scores_of(nets["... and one cycle"], validation_images)
answers = scores.argmax(1)
table = torch.zeros(10, 10, dtype=torch.int64)
table.index_put_((validation_labels, answers), torch.tensor(1), accumulate=True)
print(f"{'class':<12} {'pictures':>8} {'right':>6}   most often taken for")
for number, name in enumerate(classes):
    others = table[number].clone()
    others[number] = 0
    other = f"{classes[others.argmax().item()]} ({others.max().item()})" if others.any() else "-"
    total, right = table[number].sum().item(), table[number, number].item()
    print(f"{name:<12} {total:>8} {right / total:>6.0%}   {other}")

# %% [markdown] tags=["zh"]
# 鞋、包、裤子几乎都对，衬衫最难：它和 T 恤、套头衫、外套在 28×28 的灰度图上本来就像。
#
# 「衬衫对了多少」还可以从两头问：
#
# - **召回率**（recall）：真正的衬衫里，有多少被认了出来？表里对角线上的数 ÷ 那一**行**的和，就是上面的 `right`。
# - **精确率**（precision）：被认成衬衫的里面，有多少真是衬衫？对角线上的数 ÷ 那一**列**的和。
#
# 把什么都叫成衬衫，召回率就是 100%，精确率却很低。所以要两个一起看。

# %% [markdown] tags=["en"]
# Shoes, bags and trousers are nearly always right. Shirts are the hardest: in a grey picture of 28×28 pixels they do look like T-shirts, pullovers and coats.
#
# How well it does on shirts can be asked from two ends:
#
# - **Recall**: of the real shirts, how many were found? In the table, the number on the diagonal ÷ the sum of its **row**; that is `right` above.
# - **Precision**: of what was called a shirt, how many really are? The number on the diagonal ÷ the sum of its **column**.
#
# Call everything a shirt and the recall is 100 %, but the precision is low. So look at both.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 8.5a · 召回率和精确率（3 分）
#
# 写函数 `recall_and_precision(predicted, labels, classes)`：`predicted` 和 `labels` 都是形状 `(n,)`、`int64` 的类别，从 0 到 `classes − 1`。返回元组 `(召回率, 精确率)`，两个形状 `(classes,)`、`float32` 的张量，每个类别一个数。
#
# 某一类一张图片也没有，它的召回率算 0；从来没有预测过某一类，它的精确率算 0。`n` 可以是 0。
#
# 例：`recall_and_precision(torch.tensor([0, 0, 1]), torch.tensor([0, 1, 1]), 3)` 得到 `(tensor([1.0000, 0.5000, 0.0000]), tensor([0.5000, 1.0000, 0.0000]))`。
#
# <details><summary>提示 1</summary>对每个类别要数三样：对了几张，真有几张，预测了几张。</details>
# <details><summary>提示 2</summary>比较得到布尔值，加起来就是个数；除数是 0 的时候怎样才能得到 0？</details>
# <details><summary>提示 3</summary><code>torch.bincount(…, minlength=classes)</code> 一次数完所有类别；<code>clamp(min=1)</code> 让除数不是 0。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 8.5a · Recall and precision (3 points)
#
# Write `recall_and_precision(predicted, labels, classes)`: `predicted` and `labels` hold classes from 0 to `classes − 1`, both of shape `(n,)`, `int64`. Return a tuple `(recall, precision)` of two `float32` tensors of shape `(classes,)`, one number for each class.
#
# If a class has no picture at all, its recall is 0; if a class is never predicted, its precision is 0. `n` may be 0.
#
# Example: `recall_and_precision(torch.tensor([0, 0, 1]), torch.tensor([0, 1, 1]), 3)` gives `(tensor([1.0000, 0.5000, 0.0000]), tensor([0.5000, 1.0000, 0.0000]))`.
#
# <details><summary>Hint 1</summary>For each class, three things have to be counted: how many are right, how many there are, how many were predicted.</details>
# <details><summary>Hint 2</summary>A comparison gives booleans, and their sum is a number of pictures. If the divisor is 0, how do you get 0?</details>
# <details><summary>Hint 3</summary><code>torch.bincount(…, minlength=classes)</code> counts all classes in one go; <code>clamp(min=1)</code> keeps a divisor from being 0.</details>


# %% nbgrader={"grade": false, "grade_id": "recall_and_precision", "locked": false, "schema_version": 3, "solution": true, "task": false}
def recall_and_precision(
    predicted: torch.Tensor, labels: torch.Tensor, classes: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """predicted (n,), labels (n,) -> recall (classes,), precision (classes,), both float32"""
    ### BEGIN SOLUTION
    hits = torch.bincount(labels[predicted == labels], minlength=classes)
    present = torch.bincount(labels, minlength=classes)
    named = torch.bincount(predicted, minlength=classes)
    return hits / present.clamp(min=1), hits / named.clamp(min=1)
    ### END SOLUTION


# %% tags=["exercise"]
recall_and_precision(torch.tensor([0, 0, 1]), torch.tensor([0, 1, 1]), 3)

# %% nbgrader={"grade": true, "grade_id": "recall_and_precision-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("recall_and_precision"):

    def one_by_one(predicted, labels, classes):
        recalls, precisions = [], []
        pairs = list(zip(predicted.tolist(), labels.tolist(), strict=True))
        for c in range(classes):
            hits = sum(p == c and t == c for p, t in pairs)
            present, named = sum(t == c for _, t in pairs), sum(p == c for p, _ in pairs)
            recalls.append(hits / present if present else 0.0)
            precisions.append(hits / named if named else 0.0)
        return torch.tensor(recalls), torch.tensor(precisions)

    def one_where_empty(predicted, labels, classes):
        found = one_by_one(predicted, labels, classes)
        counts = [torch.bincount(x, minlength=classes) for x in (labels, predicted)]
        return tuple(torch.where(count > 0, share, 1.0) for share, count in zip(found, counts, strict=True))

    def pairs_once(predicted, labels, classes):
        pairs = sorted(set(zip(predicted.tolist(), labels.tolist(), strict=True)))
        return one_by_one(*torch.tensor(pairs, dtype=torch.int64).reshape(-1, 2).T, classes)

    def yes_or_no(predicted, labels, classes):
        each = torch.arange(classes)[:, None]
        agreed = ((predicted == each) == (labels == each)).float().mean(1)
        return agreed, agreed

    def nan_where_empty(predicted, labels, classes):
        both = torch.bincount(predicted[predicted == labels], minlength=classes)
        counts = [torch.bincount(x, minlength=classes) for x in (labels, predicted)]
        return tuple(both / count for count in counts)

    def all_hits(predicted, labels, classes):
        all_of_them = (predicted == labels).sum()
        counts = [torch.bincount(x, minlength=classes) for x in (labels, predicted)]
        return tuple(all_of_them / count.clamp(min=1) for count in counts)

    def of_everything(predicted, labels, classes):
        both = torch.bincount(predicted[predicted == labels], minlength=classes)
        return both / max(len(labels), 1), both / max(len(labels), 1)

    swapped = checks.say(
        "两个对调了：召回率除以真有的张数，精确率除以预测的次数，召回率在前",
        "the two are swapped: recall divides by how many there are, precision by how many were predicted, and recall "
        "comes first",
    )
    empty = checks.say(
        "没有图片（或没有预测过）的类别应得 0，不是 nan：除数不要是 0",
        "a class without pictures, or never predicted, should get 0 and not nan: keep the divisor from being 0",
    )
    mistakes = [
        (lambda p, t, c: one_by_one(p, t, c)[::-1], swapped),
        (nan_where_empty, empty),
        (
            one_where_empty,
            checks.say(
                "没有图片（或没有预测过）的类别应得 0",
                "a class without pictures, or never predicted, should get 0",
            ),
        ),
        (
            pairs_once,
            checks.say(
                "重复的只数了一次：`table[a, b] += 1` 对重复的位置只加一次，一个一个地加，或用 `bincount`，"
                "或用 `index_put_(…, accumulate=True)`",
                "repeats are counted once: `table[a, b] += 1` adds 1 to a place however often it comes; add one by one, "
                "or take `bincount`, or `index_put_(…, accumulate=True)`",
            ),
        ),
        (
            yes_or_no,
            checks.say(
                "「不是这一类」答对的也算进去了：分子只数这一类答对的",
                'right answers of "not this class" are counted too: count the hits of this class alone',
            ),
        ),
        (
            all_hits,
            checks.say(
                "分子是这一类答对的张数，不是全部答对的",
                "count the hits of this class alone, not those of all classes",
            ),
        ),
        (
            of_everything,
            checks.say("除以了图片的总数", "that is divided by the number of all pictures"),
        ),
        (
            lambda p, t, c: (one_by_one(p, t, c)[0],) * 2,
            checks.say(
                "精确率要除以预测成这一类的次数",
                "precision divides by how often this class was predicted",
            ),
        ),
        (
            lambda p, t, c: tuple(100 * x for x in one_by_one(p, t, c)),
            checks.say("要 0 到 1 之间的数，不是百分数", "numbers from 0 to 1 are wanted, not percent"),
        ),
    ]

    def look(predicted, labels, number):
        try:
            checks.returns(
                recall_and_precision,
                predicted,
                labels,
                number,
                expected=one_by_one(predicted, labels, number),
                mistakes=mistakes,
            )
        except ZeroDivisionError:
            raise checks.CheckFailed("recall_and_precision" + checks.say("：", ": ") + empty) from None

    look(torch.tensor([0, 0, 1]), torch.tensor([0, 1, 1]), 3)
    look(torch.tensor([2, 2, 2, 0, 1, 1, 1]), torch.tensor([2, 0, 1, 0, 1, 2, 1]), 4)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        for n, number in ((200, 10), (30, 2), (5, 12), (1, 1), (1, 3), (0, 4), (7, 7)):
            look(torch.randint(number, (n,)), torch.randint(number, (n,)), number)
        look(torch.tensor([1, 1, 1]), torch.tensor([0, 0, 0]), 2)
        look(torch.arange(6), torch.arange(6), 6)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# 再看看具体的图片。最说明问题的是**很有把握的错误**：softmax 给出的最大概率接近 1，却认错了。有的是模型没学好，有的连人也认不出来，有的是标签本身就标错了。图片上面写的是标签。

# %% [markdown] tags=["en"]
# Then look at single pictures. The **confident mistakes** say most: the greatest probability that softmax gives is close to 1, and yet it is wrong. Some of them the model should have learnt; some no human would get right; and in some, the label itself is wrong. Above each picture stands its label.

# %% tags=["nbval-ignore-output"]
surest, position = scores.softmax(1).max(1).values[answers != validation_labels].topk(10)
shown = (answers != validation_labels).nonzero().flatten()[position].tolist()
plots.images(
    [validation_images[at] for at in shown],
    titles=[f"{classes[validation_labels[at]]}" for at in shown],
    columns=5,
)
plt.show()
for at, probability in zip(shown, surest.tolist()):
    print(f"{classes[validation_labels[at]]}: taken for {classes[answers[at]]} ({probability:.1%})")

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 8.5b · 最有把握的错误（3 分）
#
# 写函数 `worst_mistakes(logits, labels, k)`：`logits` 形状 `(n, classes)`，浮点；`labels` 形状 `(n,)`，`int64`。模型对每个样本的把握，是它预测的那一类的 softmax 概率。在预测错了的样本里，找出把握最大的 `k` 个，返回它们在整批里的位置（从 0 数起），`int64`，把握大的在前；错的不到 `k` 个，就全部返回；一个也没有，就返回空张量。
#
# 例：`worst_mistakes(torch.tensor([[0., 3.], [1., 0.], [9., 8.], [0., 2.]]), torch.tensor([0, 0, 1, 0]), 2)` 得到 `tensor([0, 3])`：第 0、2、3 个错了，第 0 个把握最大，第 3 个其次。
#
# <details><summary>提示 1</summary>logit 最大的，概率不一定最大：例子里第 2 个的 logit 是 9，可是 8 紧跟在后面。</details>
# <details><summary>提示 2</summary>先挑出错的，再排序，得到的是它们在错的里面的位置，还要换回整批里的位置。或者不挑：让对的样本排在最后。</details>
# <details><summary>提示 3</summary><code>nonzero().flatten()</code> 给出错的位置；<code>argsort(descending=True)</code> 从大到小排；切片不怕取多了。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 8.5b · The most confident mistakes (3 points)
#
# Write `worst_mistakes(logits, labels, k)`: `logits` has the shape `(n, classes)`, float, and `labels` the shape `(n,)`, `int64`. A model's confidence in a sample is the softmax probability of the class that it predicts. Among the samples that it gets wrong, find the `k` with the highest confidence and return their positions in the whole batch (counting from 0), `int64`, the most confident first; if fewer than `k` are wrong, return all of those, and if none is, an empty tensor.
#
# Example: `worst_mistakes(torch.tensor([[0., 3.], [1., 0.], [9., 8.], [0., 2.]]), torch.tensor([0, 0, 1, 0]), 2)` gives `tensor([0, 3])`: samples 0, 2 and 3 are wrong, 0 with the most confidence and 3 with the second most.
#
# <details><summary>Hint 1</summary>The greatest logit need not be the greatest probability: sample 2 of the example has a logit of 9, but 8 is close behind.</details>
# <details><summary>Hint 2</summary>If you pick the wrong ones first and sort those, you get positions among the wrong ones, which have to be turned into positions in the batch. Or pick none, and let the right ones come last.</details>
# <details><summary>Hint 3</summary><code>nonzero().flatten()</code> gives the positions of the wrong ones, <code>argsort(descending=True)</code> sorts from great to small, and a slice may ask for more than there is.</details>


# %% nbgrader={"grade": false, "grade_id": "worst_mistakes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def worst_mistakes(logits: torch.Tensor, labels: torch.Tensor, k: int) -> torch.Tensor:
    """logits (n, classes), labels (n,) -> positions (at most k,) int64, the most confident first"""
    ### BEGIN SOLUTION
    confidence, predicted = logits.softmax(dim=1).max(dim=1)
    wrong = (predicted != labels).nonzero().flatten()
    order = confidence[wrong].argsort(descending=True)
    return wrong[order[:k]]
    ### END SOLUTION


# %% tags=["exercise"]
worst_mistakes(torch.tensor([[0.0, 3.0], [1.0, 0.0], [9.0, 8.0], [0.0, 2.0]]), torch.tensor([0, 0, 1, 0]), 2)

# %% nbgrader={"grade": true, "grade_id": "worst_mistakes-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import math

import torch

from pytorch_learning import checks

with checks.exercise("worst_mistakes"):

    def sample_by_sample(logits, labels, k, confidence_of=None, mistakes_only=True):
        found = []
        for at, (row, label) in enumerate(zip(logits.tolist(), labels.tolist(), strict=True)):
            predicted = row.index(max(row))
            if mistakes_only and predicted == label:
                continue
            probability = 1 / sum(math.exp(value - max(row)) for value in row)
            found.append((confidence_of(row, label) if confidence_of else probability, -at))
        found.sort(reverse=True)
        return torch.tensor([-at for _, at in found[:k]], dtype=torch.int64)

    def with_confidence(function):
        return lambda logits, labels, k: sample_by_sample(logits, labels, k, function)

    def least_sure(logits, labels, k):
        return sample_by_sample(logits, labels, len(labels)).flip(0)[:k]

    def among_the_wrong(logits, labels, k):
        wrong = (logits.argmax(1) != labels).nonzero().flatten()
        worst = sample_by_sample(logits, labels, k)
        return torch.tensor([(wrong == at).nonzero().item() for at in worst.tolist()], dtype=torch.int64)

    def cut_before_sorting_out(logits, labels, k):
        first = sample_by_sample(logits, labels, k, mistakes_only=False)
        return first[logits[first].argmax(1) != labels[first]]

    def right_ones(logits, labels, k):
        order = sample_by_sample(logits, labels, len(labels), mistakes_only=False)
        return order[logits[order].argmax(1) == labels[order]][:k]

    def probabilities(logits, labels, k):
        worst = sample_by_sample(logits, labels, k)
        # Nothing but a wrong dtype tells no probabilities from no positions.
        return logits.softmax(1).max(1).values[worst] if len(worst) else None

    def lead(row, label):
        best, second = sorted((math.exp(value - max(row)) for value in row), reverse=True)[:2]
        return (best - second) / sum(math.exp(value - max(row)) for value in row)

    def probability_of_truth(row, label):
        return math.exp(row[label] - max(row)) / sum(math.exp(value - max(row)) for value in row)

    mistakes = [
        (
            with_confidence(lambda row, label: max(row)),
            checks.say(
                "不是按 softmax 概率排的序：先做 softmax（在类别上，`dim=1`），再取最大的",
                "that is not sorted by softmax probabilities: take softmax first (over the classes, `dim=1`), then the "
                "greatest",
            ),
        ),
        (
            lambda x, t, k: sample_by_sample(x, t, k, mistakes_only=False),
            checks.say("里面有答对的：只要错的", "right answers are among them: only wrong ones are wanted"),
        ),
        (right_ones, checks.say("这些是答对的：要错的", "those are right answers: wrong ones are wanted")),
        (
            cut_before_sorting_out,
            checks.say(
                "先取了 k 个，再去掉答对的，就不够了：先挑出错的，再取 k 个",
                "right answers are dropped after taking k, so too few remain: pick the wrong ones first, then take k",
            ),
        ),
        (
            with_confidence(lead),
            checks.say(
                "按和第二名的差排的序：把握就是最大的那个概率",
                "that is sorted by the lead over the second: confidence is the greatest probability itself",
            ),
        ),
        (least_sure, checks.say("把握大的在前：次序反了", "the most confident comes first: turn the order")),
        (
            among_the_wrong,
            checks.say(
                "这是在错的样本里的位置：换回整批里的位置",
                "those are positions among the wrong ones: turn them into positions in the batch",
            ),
        ),
        (
            with_confidence(lambda row, label: -probability_of_truth(row, label)),
            checks.say(
                "按正确类别的概率排的序：把握是预测的那一类的概率",
                "that is sorted by the probability of the true class: confidence is that of the predicted one",
            ),
        ),
        (
            with_confidence(lambda row, label: probability_of_truth(row, label)),
            checks.say(
                "按正确类别的概率排的序：把握是预测的那一类的概率",
                "that is sorted by the probability of the true class: confidence is that of the predicted one",
            ),
        ),
        (
            lambda x, t, k: sample_by_sample(x, t, k).sort().values,
            checks.say(
                "按位置排的序：应按把握从大到小",
                "that is sorted by position: sort by confidence, greatest first",
            ),
        ),
        (
            lambda x, t, k: sample_by_sample(x, t, len(t)),
            checks.say("最多 k 个", "k of them at most"),
        ),
        (
            probabilities,
            checks.say("这是概率，题目要的是位置", "those are probabilities; positions are wanted"),
        ),
    ]
    example = torch.tensor([[0.0, 3.0], [1.0, 0.0], [9.0, 8.0], [0.0, 2.0]])
    wrong_labels = torch.tensor([0, 0, 1, 0])
    checks.returns(worst_mistakes, example, wrong_labels, 2, expected=torch.tensor([0, 3]), mistakes=mistakes)
    none_left = checks.say(
        "错的不到 k 个时，有几个返回几个", "if fewer than k are wrong, return as many as there are"
    )
    everything = torch.tensor([0, 3, 2])
    checks.returns(
        worst_mistakes, example, wrong_labels, 9, expected=everything, mistakes=mistakes, hint=none_left
    )
    percent = [[50, 45, 5], [46, 27, 27], [5, 90, 5], [10, 30, 60]]
    logits, labels = torch.tensor(percent).log(), torch.tensor([2, 1, 1, 0])
    checks.returns(worst_mistakes, logits, labels, 2, expected=torch.tensor([3, 0]), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def shifted_random_case(n, classes, k, right):
            x = 2 * torch.randn(n, classes, dtype=torch.float64)
            # Whole rows up or down change the logits and not the probabilities.
            x = (x + 10 * torch.randn(n, 1, dtype=torch.float64)).float()
            truth = torch.randint(classes, (n,))
            return x, torch.where(torch.rand(n) < right, x.argmax(1), truth), k

        cases = [
            shifted_random_case(40, 10, 5, 0.5),
            shifted_random_case(30, 3, 100, 0.2),
            shifted_random_case(20, 5, 1, 0.6),
            shifted_random_case(12, 4, 0, 0.3),
            shifted_random_case(25, 6, 4, 1.0),
            shifted_random_case(1, 2, 3, 0.0),
            shifted_random_case(1, 4, 2, 1.0),
        ]
        checks.agrees(worst_mistakes, sample_by_sample, cases, mistakes=mistakes)
        checks.returns(
            worst_mistakes,
            torch.randn(0, 3),
            torch.zeros(0, dtype=torch.int64),
            2,
            expected=torch.zeros(0, dtype=torch.int64),
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 8.6 模型卡
#
# 模型交出去，用它的人没有看过你的代码。**模型卡**（model card）是一页说明书：它是做什么的，用什么数据训练的，有多准，在哪里会错，不该用在什么地方。写得好的模型卡不夸口：数字要说清在哪里量的、误差多大，毛病要说得具体，让人能躲开。
#
# 想一想：
#
# - FashionMNIST 的图片是网店的商品照，衣物居中、摆正、黑底、灰度、只有 28×28。用手机拍的照片呢？
# - 有十个类别以外的东西，例如帽子，模型会说什么？（它只会从十个里挑一个，还可能很有把握。）
# - 你挑选办法的时候看过验证集许多次，那个正确率还可信吗？检查里留出的图片呢？

# %% [markdown] tags=["en"]
# ## 8.6 The model card
#
# When you hand over a model, those who use it have not read your code. A **model card** is a page of instructions: what the model is for, what data it was trained on, how accurate it is, where it goes wrong, and where not to use it. A good model card does not boast. It says where each number was measured and how uncertain it is, and it names faults precisely enough for others to steer clear of them.
#
# Think about it:
#
# - The pictures of FashionMNIST are an online shop's: the garment in the middle, upright, on black, in grey, 28×28 pixels. What about a photo from a phone?
# - Given something outside the ten classes, a hat say, what will the model answer? (It can only pick one of the ten, and may be very confident.)
# - You looked at the validation set many times when you chose your method. Can you still trust that accuracy? And the one on the pictures that the check held out?

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 8.6 · 给你的模型写一张模型卡（4 分）
#
# 用 150 到 400 字给 8.4 的模型写模型卡，写给一个想用它、但没有看过代码的人。老师阅读评分，四项各 1 分：
#
# | 项 | 得 1 分要写明 |
# | :-- | :-- |
# | 用途和数据 | 输入是什么、输出是什么；用什么数据、多少张图片训练；网络大致的结构和训练办法，一两句就够 |
# | 正确率 | 在多少张什么样的图片上量出多少，上下多少误差（8.1）；训练时没见过这些图片 |
# | 错在哪里 | 点名最常混淆的类别，有自己模型的数字（召回率、精确率或混淆的次数）；描述至少一个有把握的错误 |
# | 不该用在哪里 | 至少两种具体的情形，说明为什么会出错 |
#
# 数字要来自你自己的运行。没有拿到 8 分的模型，一样可以写出 4 分的模型卡。
#
# <details><summary>提示 1</summary>在一个新的单元格里，用 8.5 的两个函数看看你自己的模型在验证集上错在哪里。</details>
# <details><summary>提示 2</summary>量正确率的图片不能参加训练：用 <code>images[:50_000]</code> 训练一次，在验证集上量，再用 <code>accuracy_interval</code> 算范围。还要更可信，就量 FashionMNIST 的测试集（<code>train=False</code>）：挑选办法的时候没有看过它。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 8.6 · A card for your model (4 points)
#
# Write a model card for your model of 8.4 in 100 to 300 words, for somebody who wants to use it and has not seen its code. It is read and graded by hand, 1 point for each of the four:
#
# | part | what it takes for 1 point |
# | :-- | :-- |
# | purpose and data | what goes in and what comes out; which data, and how many pictures, it was trained on; the network and its training in a sentence or two |
# | accuracy | how much on how many pictures of what kind, with its margin of error (8.1); the training never saw these pictures |
# | where it goes wrong | the classes that it confuses most, with numbers of your own model (recall, precision or counts), and at least one confident mistake described |
# | where not to use it | two specific situations or more, and why it would go wrong there |
#
# The numbers must come from runs of your own. A model that did not get 8 points can still have a card that gets 4.
#
# <details><summary>Hint 1</summary>In a new cell, use your two functions of 8.5 to see where your own model goes wrong on the validation set.</details>
# <details><summary>Hint 2</summary>Pictures that you measure on must take no part in training: train once on <code>images[:50_000]</code>, measure on the validation set, and get the range from <code>accuracy_interval</code>. FashionMNIST's test set (<code>train=False</code>) is more trustworthy still: you never looked at it while choosing your method.</details>

# %% [markdown] nbgrader={"grade": true, "grade_id": "model_card", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false} tags=["zh"]
# **我的模型卡**
#
# ### BEGIN SOLUTION
# **用途和数据。** 这个模型给衣物的灰度图分类：输入 28×28、从 0 到 1 的图片，输出十个类别的分数，最高的就是预测。它用 FashionMNIST 的 60,000 张图片训练，那是网店的商品照。网络有三段卷积（24、48、96 个通道，带批归一化和池化）和两个线性层；训练六个轮次，Adam，一周期的学习率，左右翻转作增强。评估时把图片和它的镜像各算一遍，分数加起来。
#
# **正确率。** 在另外 10,000 张图片上是 93.2%，95% 的范围是 92.8% 到 93.7%。这些图片从同一批数据里随机留出，没有参加训练，也没有用来挑选办法。
#
# **错在哪里。** 衬衫最难，召回率 78%：1,045 件里有 121 件认成 T 恤，55 件认成套头衫，35 件认成外套。裤子、包和各种鞋的召回率都在 97% 以上。有把握的错误里，有一件长袖、看不出扣子的素色衬衫，模型以 99.9% 的概率认成套头衫；还有一件中间一道黑条的 T 恤，认成了裤子。
#
# **不该用在哪里。** 手机照片不行：背景不是黑的，衣服没有居中摆正，模型没见过这些。十类以外的东西（帽子、围巾）也不行：它总要从十个里挑一个，有时还很有把握。需要分清衬衫和 T 恤的事，例如自动退货，要有人复核。
# ### END SOLUTION

# %% [markdown] nbgrader={"grade": true, "grade_id": "model_card", "locked": false, "points": 4, "schema_version": 3, "solution": true, "task": false} tags=["en"]
# **My model card**
#
# ### BEGIN SOLUTION
# **Purpose and data.** The model classifies grey pictures of garments: it takes 28×28 pixels from 0 to 1 and gives scores for ten classes, the highest of which is its prediction. It was trained on 60,000 pictures of Fashion-MNIST, which are an online shop's photos. The network has three stages of convolution (24, 48 and 96 channels, batch normalisation, pooling) and two linear layers; training took six epochs of Adam with one cycle of the learning rate, with flips for augmentation. In evaluation, the scores of a picture and of its mirror image are added up.
#
# **Accuracy.** 93.2 % on 10,000 other pictures, with a 95 % range from 92.8 % to 93.7 %. They were held out at random from the same data and took no part in training or in choosing the method.
#
# **Where it goes wrong.** Shirts are the hardest, with a recall of 78 %: of 1,045, it takes 121 for T-shirts, 55 for pullovers and 35 for coats. Trousers, bags and all kinds of shoes have a recall of 97 % or more. Among the confident mistakes is a plain shirt with long sleeves and no visible buttons, taken for a pullover with a probability of 99.9 %, and a T-shirt with a dark stripe down the middle, taken for trousers.
#
# **Where not to use it.** Not on photos from a phone: their background is not black, the garment is neither centred nor upright, and the model has seen nothing of the kind. Not on things outside the ten classes (hats, scarves): it has to pick one of the ten and is sometimes quite sure. Where shirts and T-shirts must be told apart, as in sorting returned goods, somebody should check its answers.
# ### END SOLUTION

# %% [markdown] tags=["zh"]
# ## 现在你会了
#
# - 用卷积、池化和批归一化搭一个看得懂图片的网络，算出每一步的形状；
# - 成批地增强数据，用一周期的办法安排学习率，让训练快起来；
# - 一次改一样，在验证集上比较，知道多大的差别才算数；
# - 从头到尾做完一个项目，看出模型错在哪里，如实告诉别人。
#
# 这门课到这里就结束了。接下来读：PyTorch 官方的[迁移学习教程](https://docs.pytorch.org/tutorials/beginner/transfer_learning_tutorial.html)（从别人训练好的网络开始），torchvision 的[现成模型](https://docs.pytorch.org/vision/stable/models.html)，[动手学深度学习](https://zh.d2l.ai/)，提出模型卡的论文 [Model Cards for Model Reporting](https://arxiv.org/abs/1810.03993)，还有提出一周期的论文 [Super-Convergence](https://arxiv.org/abs/1708.07120)。

# %% [markdown] tags=["en"]
# ## What you can do now
#
# - build a network that sees pictures as pictures, from convolution, pooling and batch normalisation, and work out the shape at every step;
# - augment whole batches, give the learning rate one cycle, and make training fast;
# - change one thing at a time, compare on the validation set, and say which differences count;
# - carry a project through from beginning to end, find out where the model goes wrong, and tell others honestly.
#
# This is the end of the course. Read on: PyTorch's own [tutorial on transfer learning](https://docs.pytorch.org/tutorials/beginner/transfer_learning_tutorial.html) (begin with a network that others have trained), torchvision's [ready-made models](https://docs.pytorch.org/vision/stable/models.html), [Dive into Deep Learning](https://d2l.ai/), the paper that proposed model cards, [Model Cards for Model Reporting](https://arxiv.org/abs/1810.03993), and the one on the one-cycle schedule, [Super-Convergence](https://arxiv.org/abs/1708.07120).

# %% [markdown] tags=["zh", "exercise"]
# ## 成绩
#
# 运行下面的单元格，看看每道练习的情况。没有通过的，回去再试；改完答案要重新运行检查单元格。

# %% [markdown] tags=["en", "exercise"]
# ## Your points
#
# Run the cell below to see how each exercise stands. Go back to those that have not passed; after changing an answer, run its check again.

# %% tags=["exercise"]
checks.summary("08_capstone")
