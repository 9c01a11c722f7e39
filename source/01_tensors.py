# ---
# jupyter:
#   jupytext:
#     formats: 01_tensors//ipynb,py:percent
#     notebook_metadata_filter: jupytext,-jupytext.text_representation,-kernelspec
# ---

# %% [markdown] tags=["zh"]
# # 1 PyTorch 基础：张量
#
# 神经网络吃进去的是数，吐出来的也是数。在 PyTorch 里，这些数都装在**张量**（tensor）里：图片、标签、网络的参数，无一例外。学完这一节，你会创建张量、看懂它的形状，会切、会拼、会算，还知道它什么时候和 NumPy 共用内存。
#
# - **怎么学**：从上往下读，每个代码单元格都运行一下（`Shift`+`Enter`），改一改再运行。
# - **怎么练**：练习在讲解后面。写答案，运行，再运行下面的检查单元格：绿色的一行表示通过，红色的会告诉你错在哪里。
# - **多少**：24 道练习，共 56 分，大约 3 小时。

# %% [markdown] tags=["en"]
# # 1 PyTorch basics: tensors
#
# Numbers go into a neural network and numbers come out of it. PyTorch keeps all of them in **tensors**: the pictures, the labels, the network's own parameters. After this section you can make tensors, read their shapes, cut, join and calculate with them, and you know when one shares its memory with NumPy.
#
# - **How to read**: from top to bottom, running every code cell (`Shift`+`Enter`). Change something and run it again.
# - **How to practise**: exercises follow the explanations. Write your answer, run it, then run the check below it: a green line means it passed, a red one tells you what is wrong.
# - **How much**: 24 exercises, 56 points, about 3 hours.

# %%
import numpy as np
import torch

from pytorch_learning import checks, plots

# %% tags=["zh"]
checks.language("zh")

# %% tags=["en"]
checks.language("en")

# %% [markdown] tags=["zh"]
# ## 1.1 张量基础概念
#
# PyTorch 是一个开源的 Python 机器学习库¹。它有三块基石：
#
# - **张量**：多维数组，和 NumPy 的 `ndarray` 很像，但还能放在 GPU 上计算，也能记住自己是怎么算出来的。
# - **自动微分**（autograd）：替你求导的引擎，训练神经网络全靠它。
# - **计算图**（computational graph）：记录「谁由谁算出」的图。PyTorch 边运行边画这张图，叫做动态图（define-by-run）。
#
# 张量有几个方向就说有几个**轴**（axis），也叫**维度**（dimension，代码里写 `dim`）；轴的个数叫做**阶**（rank）²。一个数是 0 阶，一行数是 1 阶，一张表是 2 阶，一叠表是 3 阶。
#
# <small>¹ 「原文」指本课程所依据的中文文档。它说 PyTorch「用于自然语言处理等应用程序」；图像、语音、科学计算同样用它。</small><br>
# <small>² 原文说维度「称为轴或阶」。轴就是维度，阶是轴的个数，两者不是一回事。</small>

# %% [markdown] tags=["en"]
# ## 1.1 What a tensor is
#
# PyTorch is an open-source machine-learning library for Python¹. It rests on three ideas:
#
# - **Tensors**: arrays with any number of dimensions, much like NumPy's `ndarray`, but able to live on a GPU and to remember how they were computed.
# - **Autograd**: the engine that takes derivatives for you. Training a neural network depends on it.
# - **The computational graph**: the record of what was computed from what. PyTorch draws it while your code runs, which is called define-by-run.
#
# Each direction in which a tensor extends is an **axis**, also called a **dimension** (`dim` in code); the number of axes is its **rank**². A single number has rank 0, a row of numbers rank 1, a table rank 2, a stack of tables rank 3.
#
# <small>¹ The original document, a Chinese one that this course is made from, says "for applications such as natural language processing"; pictures, speech and science use it just as much.</small><br>
# <small>² The original document calls a dimension "axis or rank". An axis is a dimension; the rank is how many of them there are.</small>

# %%
number = torch.tensor(7)
row = torch.arange(4)
table = torch.arange(12).reshape(3, 4)
stack = torch.arange(24).reshape(2, 3, 4)
for tensor in (number, row, table, stack):
    print(f"rank {tensor.ndim}   shape {tuple(tensor.shape)}")

# %%
plots.tensor_grid(number, row, table, stack, titles=["rank 0", "rank 1", "rank 2", "rank 3"])

# %% [markdown] tags=["zh"]
# **形状**（shape）列出每个轴上有多少个元素。形状是 `(2, 3, 4)` 的张量有 2 张表，每张 3 行 4 列：一共 2 × 3 × 4 = 24 个数。形状是 `()` 的张量没有轴，只装着 1 个数。

# %% [markdown] tags=["en"]
# The **shape** lists how many elements each axis has. A tensor of shape `(2, 3, 4)` holds 2 tables of 3 rows and 4 columns: 2 × 3 × 4 = 24 numbers. A tensor of shape `()` has no axis at all and holds exactly 1 number.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.1a · 数一数有多少个数（2 分）
#
# 写函数 `count_numbers(shape)`：给出形状（一个元组），返回这样的张量装着多少个数（`int`）。
#
# 例：`count_numbers((2, 3))` 得到 `6`，`count_numbers(())` 得到 `1`。
#
# <details><summary>提示 1</summary>每多一个轴，个数就翻几倍。</details>
# <details><summary>提示 2</summary>从 1 开始，依次乘上每个轴的大小。一个轴也没有时，就停在 1。</details>
# <details><summary>提示 3</summary>Python 自带的 <code>math.prod</code> 正好做这件事。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.1a · How many numbers? (2 points)
#
# Write `count_numbers(shape)`: given a shape (a tuple), return how many numbers such a tensor holds (an `int`).
#
# Example: `count_numbers((2, 3))` gives `6`, and `count_numbers(())` gives `1`.
#
# <details><summary>Hint 1</summary>What does one more axis do to the number of numbers?</details>
# <details><summary>Hint 2</summary>Start at 1 and multiply by the size of each axis in turn. With no axis at all you stay at 1.</details>
# <details><summary>Hint 3</summary>Python's own <code>math.prod</code> does just that.</details>


# %% nbgrader={"grade": false, "grade_id": "count_numbers", "locked": false, "schema_version": 3, "solution": true, "task": false}
def count_numbers(shape: tuple[int, ...]) -> int:
    """shape -> n"""
    ### BEGIN SOLUTION
    count = 1
    for size in shape:
        count = count * size
    return count
    ### END SOLUTION


# %% tags=["exercise"]
count_numbers((2, 3))

# %% nbgrader={"grade": true, "grade_id": "count_numbers-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
from pytorch_learning import checks

with checks.exercise("count_numbers"):
    added = checks.say("各轴的大小要相乘，不是相加", "multiply the sizes of the axes, don't add them")
    no_axis = checks.say("没有轴的张量还装着 1 个数", "a tensor without axes still holds 1 number")
    axes = checks.say("这是轴的个数，题目问的是元素的个数", "that is how many axes there are, not numbers")
    first = checks.say("只用了一个轴：所有的轴都要算上", "that is one axis only: all of them count")
    checks.returns(
        count_numbers, (3, 5), expected=15, mistakes=[(8, added), (2, axes), (3, first), (5, first)]
    )
    checks.returns(count_numbers, (), expected=1, mistakes=[(0, no_axis)])
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        from itertools import product

        def count_one_by_one(shape):
            return sum(1 for _ in product(*map(range, shape)))

        checks.agrees(
            count_numbers,
            count_one_by_one,
            [((7,),), ((2, 3, 4),), ((3, 0, 2),), ((1, 1),), ((2, 2, 2, 5),)],
            mistakes=[
                (sum, added),
                (len, axes),
                (lambda shape: shape[0], first),
                (lambda shape: shape[-1], first),
            ],
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 自动微分和计算图：一个小例子
#
# 取 x = 3，算 y = x² + 2x。只要告诉 PyTorch「我要对 x 求导」（`requires_grad_()`），它就会记下每一步运算。这份记录就是计算图，`y.grad_fn` 是它的最后一步。

# %% [markdown] tags=["en"]
# ### Autograd and the computational graph: a small example
#
# Take x = 3 and compute y = x² + 2x. Tell PyTorch that you will want the derivative with respect to x (`requires_grad_()`), and it writes down every step. That record is the computational graph; `y.grad_fn` is its last step.

# %%
x = torch.tensor(3.0).requires_grad_()
y = x**2 + 2 * x
print(y)
print(y.grad_fn.name())

# %%
plots.autograd_graph(y, y=y, x=x)

# %% [markdown] tags=["zh"]
# `y.backward()` 从 y 出发，沿着图往回走，把导数 dy/dx = 2x + 2 = 8 放进 `x.grad`。

# %% [markdown] tags=["en"]
# `y.backward()` starts at y, walks the graph backwards and puts the derivative dy/dx = 2x + 2 = 8 into `x.grad`.

# %%
y.backward()
print(x.grad)

# %% [markdown] tags=["zh"]
# `backward()` 要从**一个数**出发。如果 y 有好几个元素，先求和再调用：每个 yᵢ 只依赖自己的 xᵢ，所以和对 xᵢ 的导数正好就是 yᵢ 的导数。
#
# 别人传进来的张量，不要直接对它 `requires_grad_()`，那会改动它；先用 `detach().clone()` 做一份和原来没有牵连的拷贝。

# %% [markdown] tags=["en"]
# `backward()` starts from **one number**. If y has several elements, sum them first: each yᵢ depends on its own xᵢ only, so the derivative of the sum with respect to xᵢ is just that of yᵢ.
#
# Don't call `requires_grad_()` on a tensor that somebody handed you, since that changes it: `detach().clone()` makes a copy with no ties to the original.

# %%
given = torch.tensor([1.0, 2.0, 3.0])
x = given.detach().clone().requires_grad_()
(x**2).sum().backward()
print(x.grad)
print(given.requires_grad)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.1b · 让 PyTorch 求斜率（3 分）
#
# 写函数 `slope(x)`：对浮点张量 `x` 的每个元素，返回曲线 y = x³ − 2x 在那里的斜率 dy/dx，形状和 dtype 都跟 `x` 相同。`x` 自己要保持原样。
#
# 例：`slope(torch.tensor([0., 1., 2.]))` 得到 `tensor([-2., 1., 10.])`。
#
# <details><summary>提示 1</summary>和上面的例子是同样的几步，只是公式换了。</details>
# <details><summary>提示 2</summary>拷贝一份需要梯度的 x；算出 y；求和；反向；取出梯度。</details>
# <details><summary>提示 3</summary>依次用到 <code>detach().clone().requires_grad_()</code>、<code>sum()</code>、<code>backward()</code>、<code>grad</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.1b · Let PyTorch find the slope (3 points)
#
# Write `slope(x)`: for each element of the float tensor `x`, return the slope dy/dx of the curve y = x³ − 2x there, in the shape and dtype of `x`. Leave `x` itself as it is.
#
# Example: `slope(torch.tensor([0., 1., 2.]))` gives `tensor([-2., 1., 10.])`.
#
# <details><summary>Hint 1</summary>It takes the same steps as the example above, with another formula.</details>
# <details><summary>Hint 2</summary>Make a copy of x that wants a gradient; compute y; sum; go backward; take the gradient.</details>
# <details><summary>Hint 3</summary>You need <code>detach().clone().requires_grad_()</code>, <code>sum()</code>, <code>backward()</code> and <code>grad</code>, in this order.</details>


# %% nbgrader={"grade": false, "grade_id": "slope", "locked": false, "schema_version": 3, "solution": true, "task": false}
def slope(x: torch.Tensor) -> torch.Tensor:
    """x (...) float -> dy/dx (...), y = x**3 - 2x"""
    ### BEGIN SOLUTION
    x = x.detach().clone().requires_grad_()
    y = x**3 - 2 * x
    y.sum().backward()
    return x.grad
    ### END SOLUTION


# %% tags=["exercise"]
slope(torch.tensor([0.0, 1.0, 2.0]))

# %% nbgrader={"grade": true, "grade_id": "slope-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("slope"):
    height = checks.say("这是 y 本身，题目要的是它的斜率", "that is y itself; its slope is wanted")
    itself = checks.say(
        "这是 x 自己：导数在它的 `.grad` 里", "that is x itself: the derivative is in its `.grad`"
    )
    nothing = checks.say(
        "`backward()` 自己不返回东西，导数在叶子 `x` 的 `x.grad` 里：调用 `backward()` 了吗？写 `return` 了吗？",
        "`backward()` itself returns nothing, the derivative is in `x.grad` of the leaf `x`: "
        "did you call `backward()`, and is there a `return`?",
    )
    missing_term = checks.say("−2x 这一项也有斜率", "the term −2x has a slope too")
    power = checks.say("x³ 要写成 `x**3`，不是 `3 * x`", "x³ is `x**3`, not `3 * x`")
    mean = checks.say(
        "每个斜率都被除以了元素个数：`backward()` 之前要求和，不是取平均",
        "every slope is divided by the number of elements: sum before `backward()`, don't average",
    )
    twice = checks.say("反向了两次，梯度累加了", "you went backward twice: the gradients added up")
    one = checks.say(
        "每个元素都要自己的斜率，不是它们的和",
        "each element has a slope of its own; you returned their sum",
    )
    x = torch.tensor([0.0, 1.0, 2.0])
    right = torch.tensor([-2.0, 1.0, 10.0])
    checks.returns(
        slope,
        x,
        expected=right,
        mistakes=[
            (torch.tensor([0.0, -1.0, 4.0]), height),
            (torch.tensor([0.0, 1.0, 2.0]), itself),
            (None, nothing),
            (right + 2, missing_term),
            (torch.tensor([1.0, 1.0, 1.0]), power),
            (right / 3, mean),
            (right * 2, twice),
            (right.sum(), one),
        ],
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def slope_by_rule(x):
            return 3 * x * x - 2

        precision = checks.say(
            "`float64` 的 x 应得到 `float64` 的斜率：拷贝时不要换 dtype",
            "a `float64` x should give `float64` slopes: keep the dtype when you copy",
        )
        checks.agrees(
            slope,
            slope_by_rule,
            [
                torch.randn(5),
                torch.randn(3, 4),
                torch.tensor(1.5),
                torch.randn(1),
                torch.randn(2, 2).double(),
            ],
            mistakes=[
                (lambda x: x**3 - 2 * x, height),
                (lambda x: 3 * x * x, missing_term),
                (lambda x: slope_by_rule(x) / x.numel(), mean),
                (lambda x: slope_by_rule(x).sum(), one),
                (lambda x: slope_by_rule(x).float(), precision),
            ],
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 1.2 初始化张量
#
# 张量可以从列表来，从 NumPy 数组来，从别的张量来，也可以凭空造出来。

# %% [markdown] tags=["en"]
# ## 1.2 Making tensors
#
# A tensor can come from a list, from a NumPy array, from another tensor, or from nothing but a shape.

# %% [markdown] tags=["zh"]
# ### 1.2.1 直接从数据创建
#
# 把（嵌套的）列表交给 `torch.tensor`，它会自己推断**数据类型**（dtype）：全是整数就用 `int64`，出现一个小数就用 `float32`。

# %% [markdown] tags=["en"]
# ### 1.2.1 Directly from data
#
# Hand a (nested) list to `torch.tensor` and it infers the **data type** (dtype): `int64` if all are whole numbers, `float32` as soon as one has a decimal point.

# %%
data = [[1, 2], [3, 4]]
x_data = torch.tensor(data)
print(f"Tensor: \n {x_data} \n")
print(x_data.dtype)
print(torch.tensor([[1, 2.0], [3, 4]]).dtype)

# %% [markdown] tags=["zh"]
# 网络的权重是 `float32`，喂给它整数就会报错。不想靠推断的时候，直接写明 `dtype`。

# %% [markdown] tags=["en"]
# A network's weights are `float32`, and integers fed to it raise an error. Where you don't want to rely on inference, name the `dtype`.

# %%
torch.tensor(data, dtype=torch.float64)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.2.1 · 给网络的数据（1 分）
#
# 写函数 `float_tensor(data)`：把（嵌套的）数字列表变成同样形状的 `float32` 张量，哪怕里面全是整数。
#
# 例：`float_tensor([[1, 2], [3, 4]])` 得到 `tensor([[1., 2.], [3., 4.]])`。
#
# <details><summary>提示 1</summary>靠推断会得到 <code>int64</code>。</details>
# <details><summary>提示 2</summary><code>torch.tensor</code> 的参数 <code>dtype</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.2.1 · Data for a network (1 point)
#
# Write `float_tensor(data)`: turn a (nested) list of numbers into a `float32` tensor of the same shape, even if all of them are whole.
#
# Example: `float_tensor([[1, 2], [3, 4]])` gives `tensor([[1., 2.], [3., 4.]])`.
#
# <details><summary>Hint 1</summary>Inference alone would give you <code>int64</code>.</details>
# <details><summary>Hint 2</summary><code>torch.tensor</code> has a parameter <code>dtype</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "float_tensor", "locked": false, "schema_version": 3, "solution": true, "task": false}
def float_tensor(data: list) -> torch.Tensor:
    """nested list -> float32 tensor"""
    ### BEGIN SOLUTION
    return torch.tensor(data, dtype=torch.float32)
    ### END SOLUTION


# %% tags=["exercise"]
float_tensor([[1, 2], [3, 4]])

# %% nbgrader={"grade": true, "grade_id": "float_tensor-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("float_tensor"):
    flat = checks.say(
        "列表是嵌套的，张量也要有同样的形状：不要展平",
        "the list is nested, and the tensor has its shape: don't flatten",
    )
    cut = checks.say(
        "小数部分丢了：不要经过整数，直接得到小数",
        "the digits after the decimal point are lost: go straight to floats, not through integers",
    )
    rounded = checks.say(
        "数被四舍五入了：应该原样保留", "the numbers are rounded: they should stay as they are"
    )
    fixed = checks.say(
        "结果和参数无关：要用 `data`", "the result has nothing to do with the argument: use `data`"
    )
    example = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    checks.returns(float_tensor, [[1, 2], [3, 4]], expected=example, mistakes=[(example.flatten(), flat)])
    checks.returns(
        float_tensor,
        [0.75, 2.5],
        expected=torch.tensor([0.75, 2.5]),
        mistakes=[
            (torch.tensor([0.0, 2.0]), cut),
            (torch.tensor([1.0, 2.0]), rounded),
            (torch.tensor([1.0, 3.0]), rounded),
            (example, fixed),
        ],
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def number_by_number(data):
            flat, shape, level = data, [], data
            while isinstance(level, list):
                shape.append(len(level))
                level = level[0] if level else None
            for _ in shape[1:]:
                flat = [number for part in flat for number in part]
            tensor = torch.zeros(len(flat))
            for i, number in enumerate(flat):
                tensor[i] = number
            return tensor.reshape(shape)

        checks.agrees(
            float_tensor,
            number_by_number,
            [([1, 2, 3],), ([[0.25], [-1.5]],), ([[[1, 2.5]], [[3, 4]]],), ([7],)],
            mistakes=[
                (lambda data: number_by_number(data).long().float(), cut),
                (lambda data: number_by_number(data).round(), rounded),
                (lambda data: number_by_number(data).flatten(), flat),
            ],
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 1.2.2 从 NumPy 数组创建
#
# `torch.from_numpy` 把 NumPy 数组变成张量，保留它的 dtype。注意：它**不复制**，张量和数组用的是同一块内存¹（1.5 节细讲）。`torch.tensor(array)` 则总是复制一份。
#
# <small>¹ 原文在这里没有提到共用内存，很容易踩坑。</small>

# %% [markdown] tags=["en"]
# ### 1.2.2 From a NumPy array
#
# `torch.from_numpy` makes a tensor from a NumPy array and keeps its dtype. Mind that it does **not copy**: tensor and array use the same memory¹ (more in 1.5). `torch.tensor(array)`, on the other hand, always copies.
#
# <small>¹ The original document does not mention the shared memory here, and many trip over it.</small>

# %%
np_array = np.array(data)
x_np = torch.from_numpy(np_array)
x_copy = torch.tensor(np_array)
np_array[0, 0] = 100
print(x_np)
print(x_copy)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.2.2 · 互不牵连（2 分）
#
# 写函数 `independent_tensor(array)`：返回和 NumPy 数组值相同、dtype 相同的张量，但以后改数组，张量不能跟着变。
#
# 例：`t = independent_tensor(a)` 之后执行 `a[0] = 100`，`t` 还是原来的值。
#
# <details><summary>提示 1</summary>上面两种做法里，哪一种复制了数据？</details>
# <details><summary>提示 2</summary><code>torch.tensor(array)</code>，或者 <code>from_numpy</code> 之后再 <code>clone()</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.2.2 · No strings attached (2 points)
#
# Write `independent_tensor(array)`: return a tensor with the values and the dtype of a NumPy array that does not change when the array is changed later.
#
# Example: after `t = independent_tensor(a)` and then `a[0] = 100`, `t` still has its old values.
#
# <details><summary>Hint 1</summary>Which of the two ways above made a copy?</details>
# <details><summary>Hint 2</summary><code>torch.tensor(array)</code>, or <code>from_numpy</code> and then <code>clone()</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "independent_tensor", "locked": false, "schema_version": 3, "solution": true, "task": false}
def independent_tensor(array: np.ndarray) -> torch.Tensor:
    """array (...) -> tensor (...), same dtype, own memory"""
    ### BEGIN SOLUTION
    return torch.from_numpy(array).clone()
    ### END SOLUTION


# %% tags=["exercise"]
independent_tensor(np.array([1.5, 2.5]))

# %% nbgrader={"grade": true, "grade_id": "independent_tensor-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import numpy as np
import torch

from pytorch_learning import checks

with checks.exercise("independent_tensor"):
    follow = checks.say(
        "dtype 要跟数组的一样：不要写死，也不要经过 `tolist()`",
        "the dtype should be the array's: don't fix one, and don't go through `tolist()`",
    )
    shared = checks.say(
        "`from_numpy`、`as_tensor`、`detach()`、切片 `array[:]`、给数组起另一个名字，都不复制：哪一步真的复制了？",
        "none of these copies: `from_numpy`, `as_tensor`, `detach()`, a slice `array[:]`, another name for "
        "the array. Which step makes a copy?",
    )
    array = np.array([1.5, 2.5])
    tensor = checks.returns(
        independent_tensor,
        array,
        expected=torch.tensor([1.5, 2.5], dtype=torch.float64),
        mistakes=[(torch.tensor([1.5, 2.5]), follow)],
    )
    checks.own_memory(tensor, array, name="independent_tensor(array)", hint=shared)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        arrays = [
            np.arange(6).reshape(2, 3),
            np.random.default_rng(0).random((3, 1, 2)).astype(np.float32),
            np.array([True, False]),
            np.array([[7]], dtype=np.uint8),
            np.zeros((0, 4)),
            np.arange(8.0)[::2],
        ]
        for array in arrays:
            expected = torch.tensor(array.tolist(), dtype=torch.from_numpy(array.copy()).dtype).reshape(
                array.shape
            )
            tensor = checks.returns(
                independent_tensor,
                array,
                expected=expected,
                mistakes=[
                    (expected.double(), follow),
                    (expected.float(), follow),
                    (
                        expected.flatten(),
                        checks.say("轴丢了：形状要跟数组的一样", "the axes are lost: keep the array's shape"),
                    ),
                ],
            )
            checks.own_memory(tensor, array, name="independent_tensor(array)", hint=shared)
            array[...] = 0
            checks.equal(tensor, expected, name="independent_tensor(array)")
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 1.2.3 从另一个张量创建
#
# 以 `_like` 结尾的函数照着一个张量的样子造新张量：形状、dtype、设备都跟它一样，除非你另外写明¹。
#
# <small>¹ 原文把 `ones_like` 说成「强制转换为每一位为 1 的张量」。没有转换：原来的张量原封不动，得到的是一个新张量。</small>

# %% [markdown] tags=["en"]
# ### 1.2.3 From another tensor
#
# The functions that end in `_like` make a new tensor in the image of another: same shape, dtype and device, unless you say otherwise¹.
#
# <small>¹ The original document calls `ones_like` a "forced conversion into a tensor of ones". Nothing is converted: the old tensor stays as it is, and a new one is made.</small>

# %%
torch.manual_seed(0)
x_ones = torch.ones_like(x_data)
print(f"Ones Tensor: \n {x_ones} \n")

x_rand = torch.rand_like(x_data, dtype=torch.float)
print(f"Random Tensor: \n {x_rand} \n")

# %% [markdown] tags=["zh"]
# `x_data` 是 `int64`，而 `rand` 产生 0 到 1 之间的小数（含 0 不含 1），所以这里必须换一个 dtype。拉伸和平移可以把它们放到别的区间：`5 * rand` 落在 [0, 5)，`rand + 10` 落在 [10, 11)。

# %% [markdown] tags=["en"]
# `x_data` is `int64`, but `rand` draws decimals from 0 up to, but not including, 1, so another dtype is needed here. Stretching and shifting take them elsewhere: `5 * rand` lies in [0, 5), `rand + 10` in [10, 11).

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.2.3 · 噪声（2 分）
#
# 写函数 `noise_like(x)`：返回和 `x` 形状相同的 `float32` 张量，里面是 [-1, 1) 上均匀分布的随机数，每次调用都不同。`x` 可能是整数张量。
#
# 例：`noise_like(torch.zeros(2, 2))` 可能得到 `tensor([[-0.0075, 0.5364], [-0.8230, -0.7359]])`。
#
# <details><summary>提示 1</summary>区间 [0, 1) 的长度是 1，区间 [-1, 1) 的长度是 2。</details>
# <details><summary>提示 2</summary>先乘以 2，再减去 1。</details>
# <details><summary>提示 3</summary><code>torch.rand_like(x, dtype=torch.float32)</code> 给出 [0, 1) 的随机数。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.2.3 · Noise (2 points)
#
# Write `noise_like(x)`: return a `float32` tensor in the shape of `x`, filled with random numbers spread evenly over [-1, 1), different at every call. `x` may hold integers.
#
# Example: `noise_like(torch.zeros(2, 2))` could give `tensor([[-0.0075, 0.5364], [-0.8230, -0.7359]])`.
#
# <details><summary>Hint 1</summary>The interval [0, 1) has length 1; the interval [-1, 1) has length 2.</details>
# <details><summary>Hint 2</summary>Multiply by 2, then subtract 1.</details>
# <details><summary>Hint 3</summary><code>torch.rand_like(x, dtype=torch.float32)</code> draws from [0, 1).</details>


# %% nbgrader={"grade": false, "grade_id": "noise_like", "locked": false, "schema_version": 3, "solution": true, "task": false}
def noise_like(x: torch.Tensor) -> torch.Tensor:
    """x (...) -> random float32 (...) in [-1, 1)"""
    ### BEGIN SOLUTION
    return 2 * torch.rand_like(x, dtype=torch.float32) - 1
    ### END SOLUTION


# %% tags=["exercise"]
noise_like(torch.zeros(2, 2))

# %% nbgrader={"grade": true, "grade_id": "noise_like-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("noise_like"):
    same_shape = checks.say(
        "形状要跟 `x` 一样，从 `x.shape` 来：不要写死，`len(x)` 也只是第一个轴",
        "the shape should be that of `x`, so take `x.shape`: don't fix it, and `len(x)` is the first axis only",
    )
    added = checks.say(
        "随机数加在 `x` 上了：`x` 只给出形状，里面的数用不着",
        "the noise is added to `x`: only its shape is wanted, not its numbers",
    )
    noise = noise_like(torch.full((3, 1000), 7))
    checks.shape(noise, (3, 1000), name="noise_like(x)", hint=same_shape)
    checks.dtype(noise, torch.float32, name="noise_like(x)")
    checks.true(
        noise.min() < noise.max(),
        checks.say(
            "处处是同一个数：每个元素要有自己的随机数",
            "it is the same number everywhere: each element needs a random number of its own",
        ),
    )
    checks.true(
        not torch.equal(noise[0], noise[1]),
        checks.say(
            "每一行都一样：每个元素要有自己的随机数",
            "every row is the same: each element needs a random number of its own",
        ),
    )
    checks.true(
        not torch.equal(noise, noise.round()),
        checks.say(
            "全是整数：要的是区间里的小数，`randint` 只给整数",
            "these are whole numbers: decimals are wanted, and `randint` draws none",
        ),
    )
    checks.true(noise.min() < 5, added)
    checks.true(
        -1 <= noise.min() and noise.max() <= 1,
        checks.say(
            "有数落在 [-1, 1) 之外：`randn` 没有界限；乘的倍数是不是太大了？",
            "some numbers lie outside [-1, 1): `randn` has no bounds; did you multiply by too much?",
        ),
    )
    checks.true(
        noise.min() < -0.9,
        checks.say(
            "没有接近 -1 的数：`rand` 从 0 开始，要拉伸再平移",
            "nothing comes near -1: `rand` starts at 0, so stretch and shift it",
        ),
    )
    checks.true(
        noise.max() > 0.9,
        checks.say(
            "没有接近 1 的数：区间的长度应该是 2", "nothing comes near 1: the interval should have length 2"
        ),
    )
    checks.shape(noise_like(torch.tensor(3)), (), name="noise_like(torch.tensor(3))", hint=same_shape)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        many = noise_like(torch.zeros(20000))
        uneven = checks.say(
            "随机数在 [-1, 1) 上不均匀：每一段都应该一样多", "the numbers are not spread evenly over [-1, 1)"
        )
        counts = torch.histc(many, bins=10, min=-1, max=1)
        checks.true(bool((counts > 1600).all() and (counts < 2400).all()), uneven)
        checks.true(
            not torch.equal(many, noise_like(torch.zeros(20000))),
            checks.say(
                "每次调用都得到同样的数：函数里不要设随机种子",
                "every call gives the same numbers: don't set a seed inside the function",
            ),
        )
        changed = checks.say(
            "函数改动了 `x`：名字以 `_` 结尾的方法会就地改写它，要造一个新张量",
            "the function changed `x`: methods that end in `_` write into it; make a new tensor",
        )
        for x in [
            torch.full((2, 3), 7.0),
            torch.zeros(0),
            torch.tensor(3),
            torch.zeros(2, 3, 4, dtype=torch.float64),
        ]:
            before = x.clone()
            noise = noise_like(x)
            name = f"noise_like(x), x.shape = {tuple(x.shape)}"
            checks.equal(x, before, name="x", hint=changed)
            checks.shape(noise, x.shape, name=name, hint=same_shape)
            checks.dtype(noise, torch.float32, name=name)
            checks.true(bool((noise < 5).all()), added)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 1.2.4 使用随机值或常量值创建
#
# 只要给出形状，就能凭空造张量。形状是一个元组，写成 `(2, 3)` 或 `(2, 3,)` 都行。

# %% [markdown] tags=["en"]
# ### 1.2.4 From random or constant values
#
# A shape is all it takes to make a tensor from nothing. A shape is a tuple; `(2, 3)` and `(2, 3,)` mean the same.

# %%
torch.manual_seed(0)
shape = (
    2,
    3,
)
rand_tensor = torch.rand(shape)
ones_tensor = torch.ones(shape)
zeros_tensor = torch.zeros(shape)

print(f"Random Tensor: \n {rand_tensor} \n")
print(f"Ones Tensor: \n {ones_tensor} \n")
print(f"Zeros Tensor: \n {zeros_tensor}")

# %% [markdown] tags=["zh"]
# `torch.randint(low, high, shape)` 产生随机整数。和 Python 的 `range` 一样，包含 `low`，**不包含** `high`。
#
# 随机数生成器有一个**种子**（seed）：`torch.manual_seed(0)` 之后，总是得到同一串随机数。本节的例子都设了种子，所以你的输出和讲义一样。

# %% [markdown] tags=["en"]
# `torch.randint(low, high, shape)` draws random integers. As with Python's `range`, `low` is included and `high` is **not**.
#
# The generator of random numbers has a **seed**: after `torch.manual_seed(0)` the same sequence comes every time. The examples here set one, so your outputs match the lecture's.

# %%
torch.manual_seed(0)
print(torch.randint(0, 10, (2, 5)))
torch.manual_seed(0)
print(torch.randint(0, 10, (2, 5)))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.2.4 · 掷骰子（2 分）
#
# 写函数 `dice(shape)`：返回形状为 `shape`（可以是 `()`）的 `int64` 张量，每个元素是掷一次骰子的点数：1 到 6，机会均等。
#
# 例：`dice((2, 3))` 可能得到 `tensor([[5, 6, 4], [3, 6, 6]])`。
#
# <details><summary>提示 1</summary>6 点也要能掷出来。</details>
# <details><summary>提示 2</summary><code>torch.randint</code> 的上界不包含在内。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.2.4 · Rolling dice (2 points)
#
# Write `dice(shape)`: return an `int64` tensor of shape `shape` (`()` is one too) in which every element is the roll of a die: 1 to 6, all equally likely.
#
# Example: `dice((2, 3))` could give `tensor([[5, 6, 4], [3, 6, 6]])`.
#
# <details><summary>Hint 1</summary>It must be possible to roll a 6.</details>
# <details><summary>Hint 2</summary>The upper bound of <code>torch.randint</code> is not included.</details>


# %% nbgrader={"grade": false, "grade_id": "dice", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dice(shape: tuple[int, ...]) -> torch.Tensor:
    """shape -> int64 tensor of that shape, values 1 to 6"""
    ### BEGIN SOLUTION
    return torch.randint(1, 7, shape)
    ### END SOLUTION


# %% tags=["exercise"]
dice((2, 3))

# %% nbgrader={"grade": true, "grade_id": "dice-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("dice"):
    whole = checks.say(
        "点数是 `int64` 整数：小数舍去之后也要 `.long()`",
        "rolls are whole numbers of type `int64`: after dropping decimals, call `.long()` as well",
    )
    given = checks.say(
        "形状就是参数 `shape`：整个拿来用，不要写死，也不要只取一部分",
        "the shape is the argument `shape`: use all of it as it is, not a part and not a fixed one",
    )
    rolls = dice((3, 2000))
    checks.shape(rolls, (3, 2000), name="dice((3, 2000))", hint=given)
    checks.dtype(rolls, torch.int64, name="dice((3, 2000))", hint=whole)
    checks.true(
        rolls.max() > 1,
        checks.say(
            "全是 1 点：取整是不是太早了？先乘，再舍去小数",
            "every roll is a 1: were the decimals dropped too early? Multiply first",
        ),
    )
    checks.true(
        rolls.min() < rolls.max(),
        checks.say(
            "全都是同一个点数：每个元素要单独掷一次",
            "every roll is the same number: each element needs a roll of its own",
        ),
    )
    checks.true(
        not torch.equal(rolls[0], rolls[1]),
        checks.say(
            "每一行都一样：每个元素要单独掷一次", "every row is the same: each element needs its own roll"
        ),
    )
    checks.true(rolls.min() > 0, checks.say("掷出了 0 点：骰子从 1 开始", "it rolled a 0: a die starts at 1"))
    checks.true(
        rolls.max() < 7,
        checks.say("掷出了 7 点或更多：上界不包含在内", "it rolled a 7 or more: mind the upper bound"),
    )
    checks.true(
        rolls.max() == 6,
        checks.say(
            "6000 次也没掷出 6 点：`randint` 的上界不包含在内",
            "no 6 in 6000 rolls: the upper bound of `randint` is not included",
        ),
    )
    checks.true(
        rolls.min() == 1,
        checks.say("6000 次也没掷出 1 点：下界应该是 1", "no 1 in 6000 rolls: the lower bound should be 1"),
    )
    checks.shape(dice(()), (), name="dice(())", hint=given)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        many = dice((12000,))
        counts = torch.bincount(many, minlength=7)[1:7]
        checks.true(
            bool((counts > 1700).all() and (counts < 2300).all()),
            checks.say("六个点数的机会不均等", "the six faces are not equally likely"),
        )
        checks.true(
            not torch.equal(many, dice((12000,))),
            checks.say(
                "每次都掷出同样的点数：函数里不要设随机种子",
                "every call rolls the same: don't set a seed inside the function",
            ),
        )
        for shape in [(), (1,), (5, 1), (2, 3, 4)]:
            rolls = dice(shape)
            checks.shape(rolls, shape, name=f"dice({shape})", hint=given)
            checks.dtype(rolls, torch.int64, name=f"dice({shape})", hint=whole)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 1.3 张量的属性
#
# 每个张量都有三个属性：形状 `shape`、数据类型 `dtype`、所在的**设备**（device）。报错的时候，先把这三样打印出来，多半就明白了。

# %% [markdown] tags=["en"]
# ## 1.3 Attributes of a tensor
#
# Every tensor has three attributes: its `shape`, its `dtype` and the `device` it is on. When something raises an error, print these three first; more often than not they tell you why.

# %%
torch.manual_seed(0)
tensor = torch.rand(3, 4)

print(f"Shape of tensor: {tensor.shape}")
print(f"Datatype of tensor: {tensor.dtype}")
print(f"Device tensor is stored on: {tensor.device}")

# %% [markdown] tags=["zh"]
# dtype 名字里的数字是每个元素占多少**位**（bit），8 位是一个**字节**（byte）：`float32` 占 4 个字节，`float64` 占 8 个，`uint8`（图片的像素）和 `bool` 占 1 个。`element_size()` 给出每个元素的字节数，`numel()` 给出元素个数。

# %% [markdown] tags=["en"]
# The number in a dtype's name is how many **bits** an element takes, and 8 bits are a **byte**: `float32` takes 4 bytes, `float64` takes 8, `uint8` (a picture's pixels) and `bool` take 1. `element_size()` gives the bytes of one element, `numel()` the number of elements.

# %%
for dtype in (torch.float32, torch.float64, torch.int64, torch.uint8, torch.bool):
    tensor = torch.zeros(3, 4, dtype=dtype)
    print(f"{str(dtype):15} {tensor.numel()} elements, {tensor.element_size()} bytes each")

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.3 · 要多少内存（2 分）
#
# 写函数 `memory_bytes(x)`：返回张量 `x` 的所有元素一共占多少字节（`int`）。想一想：Fashion-MNIST 的 60,000 张 28×28 的图片，用 `uint8` 存和用 `float32` 存，差多少？
#
# 例：`memory_bytes(torch.zeros(3, 4))` 得到 `48`。
#
# <details><summary>提示 1</summary>多少个元素，每个多少字节？</details>
# <details><summary>提示 2</summary><code>numel()</code> 和 <code>element_size()</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.3 · How much memory? (2 points)
#
# Write `memory_bytes(x)`: return how many bytes all the elements of the tensor `x` take together (an `int`). Try it: how much is it for the 60,000 pictures of 28×28 pixels in Fashion-MNIST, as `uint8` and as `float32`?
#
# Example: `memory_bytes(torch.zeros(3, 4))` gives `48`.
#
# <details><summary>Hint 1</summary>How many elements are there, and how many bytes has each?</details>
# <details><summary>Hint 2</summary><code>numel()</code> and <code>element_size()</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "memory_bytes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def memory_bytes(x: torch.Tensor) -> int:
    """x (...) -> number of bytes"""
    ### BEGIN SOLUTION
    return x.numel() * x.element_size()
    ### END SOLUTION


# %% tags=["exercise"]
memory_bytes(torch.zeros(3, 4))

# %% nbgrader={"grade": true, "grade_id": "memory_bytes-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import sys

import torch

from pytorch_learning import checks

with checks.exercise("memory_bytes"):
    elements = checks.say(
        "这是元素个数，还要乘上每个元素的字节数",
        "that is the number of elements; multiply by the bytes of each",
    )
    four = checks.say("不是每种 dtype 都占 4 个字节", "not every dtype takes 4 bytes")
    one = checks.say(
        "这是一个元素的字节数，还要乘上元素个数",
        "that is one element's bytes; multiply by how many there are",
    )
    bits = checks.say("这是位数：8 位是一个字节", "those are bits: 8 bits make a byte")
    first = checks.say("`len(x)` 只是第一个轴的大小", "`len(x)` is the size of the first axis only")
    add = checks.say("要相乘，不是相加", "multiply, don't add")
    python = checks.say(
        "`getsizeof` 量的是 Python 对象，不是里面的数",
        "`getsizeof` measures the Python object, not its numbers",
    )
    checks.returns(
        memory_bytes,
        torch.zeros(2, 5),
        expected=40,
        mistakes=[
            (10, elements),
            (4, one),
            (320, bits),
            (8, first),
            (28, add),
            (14, add),
            (sys.getsizeof, python),
        ],
    )
    checks.returns(
        memory_bytes,
        torch.zeros(5, dtype=torch.uint8),
        expected=5,
        mistakes=[(20, four), (1, one), (40, bits)],
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        sizes = {torch.float64: 8, torch.float16: 2, torch.int16: 2, torch.bool: 1, torch.complex64: 8}

        def count_bytes(x):
            return sum(sizes[x.dtype] for _ in x.flatten())

        two_axes = checks.say(
            "轴的个数不一定是 2：所有的轴都要算上",
            "there may be more or fewer than two axes: all of them count",
        )
        whole = checks.say(
            "切片只算它自己的元素，不算它所在的整块内存",
            "a slice counts its own elements only, not the whole memory it is cut from",
        )
        cases = [torch.zeros(2, 3, 5, dtype=dtype) for dtype in sizes]
        cases += [
            torch.tensor(1.0).double(),
            torch.zeros(0, 3).double(),
            torch.zeros(10, 10).double()[:2, 3:5],
        ]
        checks.agrees(
            memory_bytes,
            count_bytes,
            cases,
            mistakes=[
                (lambda x: x.numel(), elements),
                (lambda x: x.element_size(), one),
                (lambda x: 4 * x.numel(), four),
                (lambda x: 8 * x.numel() * x.element_size(), bits),
                (lambda x: 800, whole),
                (lambda x: len(x) * x.element_size(), first),
                (lambda x: x.shape[0] * x.shape[1] * x.element_size(), two_axes),
            ],
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 1.4 张量操作
#
# PyTorch 有 1200 多种张量操作：算术、线性代数、变形（转置、索引、切片）、采样……完整的清单在[官方文档](https://pytorch.org/docs/stable/torch.html)里。没有人会全部背下来，会查就够了。
#
# 这些操作既能在 CPU 上跑，也能在**加速器**（accelerator）上跑，例如 CUDA、MPS、MTIA 或 XPU。张量默认建在 CPU 上，要用 `.to` 搬到加速器。在设备之间搬大张量很费时间和内存，能少搬就少搬。

# %% [markdown] tags=["en"]
# ## 1.4 Operations on tensors
#
# PyTorch has more than 1200 operations on tensors: arithmetic, linear algebra, rearranging (transposing, indexing, slicing), sampling and more. The [official documentation](https://pytorch.org/docs/stable/torch.html) lists them all. Nobody knows them by heart; knowing how to look one up is enough.
#
# All of them run on the CPU and on an **accelerator** such as CUDA, MPS, MTIA or XPU. Tensors are made on the CPU unless you say otherwise, and `.to` moves them. Moving a large tensor between devices costs time and memory, so do it rarely.

# %%
tensor = torch.ones(4, 4)
if torch.accelerator.is_available():
    tensor = tensor.to(torch.accelerator.current_accelerator())
print(tensor.shape)

# %% [markdown] tags=["zh"]
# 两个张量要在**同一个设备**上才能一起运算。所以函数里新建张量时，要跟着输入走：写明 `device=x.device`，或者用 `x.new_zeros(…)`、`x.new_ones(…)`，它们沿用 `x` 的 dtype 和设备。
#
# 没有 GPU 也能检验：`meta` 设备上的张量只有形状，没有数值，每台机器上都有。

# %% [markdown] tags=["en"]
# Two tensors must be on **the same device** to be used together. So when a function creates a tensor, it should follow its input: name `device=x.device`, or use `x.new_zeros(…)` and `x.new_ones(…)`, which take over the dtype and the device of `x`.
#
# You can test this without a GPU: tensors on the `meta` device have a shape but no values, and every machine has it.

# %%
x = torch.ones(3, dtype=torch.float64, device="meta")
print(x.new_ones(2).device, x.new_ones(2).dtype)
print(torch.ones(2).device, torch.ones(2).dtype)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4 · 跟着输入走（2 分）
#
# 写函数 `zeros_beside(x, n)`：返回 `n` 个零组成的一维张量，dtype 和设备都跟 `x` 一样。
#
# 例：`zeros_beside(torch.tensor([7, 8]), 3)` 得到 `tensor([0, 0, 0])`。
#
# <details><summary>提示 1</summary><code>torch.zeros(n)</code> 总是在 CPU 上，总是 <code>float32</code>。</details>
# <details><summary>提示 2</summary>把 <code>x.dtype</code> 和 <code>x.device</code> 都传给它，或者用以 <code>new_</code> 开头的方法。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4 · Follow the input (2 points)
#
# Write `zeros_beside(x, n)`: return a one-dimensional tensor of `n` zeros with the dtype and the device of `x`.
#
# Example: `zeros_beside(torch.tensor([7, 8]), 3)` gives `tensor([0, 0, 0])`.
#
# <details><summary>Hint 1</summary><code>torch.zeros(n)</code> is always on the CPU and always <code>float32</code>.</details>
# <details><summary>Hint 2</summary>Pass it both <code>x.dtype</code> and <code>x.device</code>, or use a method that starts with <code>new_</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "zeros_beside", "locked": false, "schema_version": 3, "solution": true, "task": false}
def zeros_beside(x: torch.Tensor, n: int) -> torch.Tensor:
    """x (...), n -> zeros (n), dtype and device of x"""
    ### BEGIN SOLUTION
    return x.new_zeros(n)
    ### END SOLUTION


# %% tags=["exercise"]
zeros_beside(torch.tensor([7, 8]), 3)

# %% nbgrader={"grade": true, "grade_id": "zeros_beside-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("zeros_beside"):
    like = checks.say(
        "`zeros_like` 沿用 x 的形状，这里要 n 个",
        "`zeros_like` takes the shape of x; n zeros are wanted here",
    )
    flat = checks.say(
        "要一维的：n 个零排成一行，形状 `(n,)`", "it should be one-dimensional: n zeros, shape `(n,)`"
    )
    joined = checks.say(
        "零接在 x 后面了：要一个只有零的新张量",
        "the zeros are joined to x: a new tensor of zeros alone is wanted",
    )
    follow = checks.say("dtype 要跟 x 一样：不要写死", "the dtype should follow x: don't fix one")
    integers = torch.tensor([7, 8])
    checks.returns(
        zeros_beside,
        integers,
        3,
        expected=torch.tensor([0, 0, 0]),
        mistakes=[
            (torch.zeros_like(integers), like),
            (torch.zeros(3), checks.say("dtype 要跟 x 一样", "the dtype should be that of x")),
            (torch.tensor([1, 1, 1]), checks.say("这是一，要的是零", "those are ones; zeros are wanted")),
            (torch.tensor([[0, 0, 0]]), flat),
            (torch.tensor([[0, 0, 0]] * 3), flat),
            (torch.tensor([7, 8, 0, 0, 0]), joined),
        ],
    )
    checks.follows_device(zeros_beside, torch.ones(2, 2), 3)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        for dtype in (torch.float32, torch.float64, torch.uint8, torch.bool):
            for n in (0, 1, 5):
                checks.returns(
                    zeros_beside,
                    torch.ones(2, 3, dtype=dtype),
                    n,
                    expected=torch.full((n,), 0, dtype=dtype),
                    mistakes=[(torch.zeros(n, dtype=torch.int64), follow), (torch.zeros(n), follow)],
                )
                checks.follows_device(zeros_beside, torch.ones(2, 3, dtype=dtype), n)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 1.4.1 标准的 NumPy 式索引和切片
#
# 每个轴写一项，用逗号隔开：整数取出一层（这个轴就没了），切片 `start:stop:step` 取一段（含 start，不含 stop），单独一个 `:` 取全部。`...` 代表「前面（或中间）所有的轴」，`-1` 是最后一个。

# %% [markdown] tags=["en"]
# ### 1.4.1 Indexing and slicing, as in NumPy
#
# Write one item per axis, separated by commas: an integer takes out one layer (and the axis is gone), a slice `start:stop:step` takes a stretch (start included, stop not), a lone `:` takes everything. `...` stands for "all the axes before (or between)", and `-1` is the last position.

# %%
plots.slices(torch.arange(24).reshape(4, 6), "x[0]", "x[:, 0]", "x[..., -1]", "x[1:3, ::2]")

# %%
tensor = torch.ones(4, 4)
print(f"First row: {tensor[0]}")
print(f"First column: {tensor[:, 0]}")
print(f"Last column: {tensor[..., -1]}")
tensor[:, 1] = 0
print(tensor)

# %% [markdown] tags=["zh"]
# 最后那一步 `tensor[:, 1] = 0` 把 0 写进了张量**自己**的第 1 列。切片不复制数据，它是开在原来那块内存上的一扇窗；通过窗子写，原来的张量就变了。想留住原来的，先 `clone()`。

# %% [markdown] tags=["en"]
# The last step, `tensor[:, 1] = 0`, wrote zeros into column 1 of the tensor **itself**. A slice copies nothing: it is a window onto the same memory, and writing through the window changes the tensor behind it. To keep the original, `clone()` it first.

# %%
original = torch.zeros(2, 3)
window = original[:, 0]
window[0] = 5
copy = original.clone()
copy[1, 1] = 9
print(original)
print(copy)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.1a · 最后一列（1 分）
#
# 写函数 `last_column(x)`：取出最后一个轴的最后一个位置，`x` 有几个轴都行（至少一个）。
#
# 例：`last_column(torch.tensor([[1, 2, 3], [4, 5, 6]]))` 得到 `tensor([3, 6])`。
#
# <details><summary>提示 1</summary><code>x[:, -1]</code> 只适合两个轴。</details>
# <details><summary>提示 2</summary>哪个记号代表「前面所有的轴」？</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.1a · The last column (1 point)
#
# Write `last_column(x)`: take the last position along the last axis, however many axes `x` has (at least one).
#
# Example: `last_column(torch.tensor([[1, 2, 3], [4, 5, 6]]))` gives `tensor([3, 6])`.
#
# <details><summary>Hint 1</summary><code>x[:, -1]</code> is right for two axes only.</details>
# <details><summary>Hint 2</summary>Which sign stands for "all the axes before"?</details>


# %% nbgrader={"grade": false, "grade_id": "last_column", "locked": false, "schema_version": 3, "solution": true, "task": false}
def last_column(x: torch.Tensor) -> torch.Tensor:
    """x (..., n) -> (...)"""
    ### BEGIN SOLUTION
    return x[..., -1]
    ### END SOLUTION


# %% tags=["exercise"]
last_column(torch.tensor([[1, 2, 3], [4, 5, 6]]))

# %% nbgrader={"grade": true, "grade_id": "last_column-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("last_column"):
    row = checks.say(
        "这是最后一行：要的是最后一个轴，不是第一个",
        "that is the last row: take the last axis, not the first",
    )
    first = checks.say(
        "这是第一列：最后一个位置是 `-1`", "that is the first column: the last position is `-1`"
    )
    others = checks.say(
        "这是其他的列：`:-1` 取到最后一个之前，不含它",
        "those are all but the last: `:-1` stops before it",
    )
    second = checks.say("这是倒数第二列：最后一个是 `-1`", "that is the last but one: the last is `-1`")
    single = checks.say("只取出了一个数：前面的轴要留下", "that is one number: the axes before should stay")
    x = torch.tensor([[1, 2, 3], [4, 5, 6]])
    checks.returns(
        last_column,
        x,
        expected=torch.tensor([3, 6]),
        mistakes=[
            (torch.tensor([4, 5, 6]), row),
            (torch.tensor([1, 4]), first),
            (torch.tensor([2, 5]), second),
            (torch.tensor([[1, 2], [4, 5]]), others),
            (torch.tensor(6), single),
        ],
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def row_by_row(x):
            rows = x.reshape(-1, x.shape[-1]).tolist()
            return torch.tensor([row[-1] for row in rows], dtype=x.dtype).reshape(x.shape[:-1])

        axes = checks.say(
            "轴的个数不是 2 时就不对了：用 `...` 代表前面所有的轴",
            "it goes wrong unless there are two axes: `...` stands for all the axes before",
        )
        fixed = checks.say(
            "位置写死了：不管最后一个轴多长，最后一个位置都是 `-1`",
            "the position is fixed: however long the axis, the last one is `-1`",
        )
        order = checks.say(
            "转置把其余的轴也对调了：它们的顺序应该照旧",
            "transposing swapped the other axes too: they should keep their order",
        )
        squeezed = checks.say(
            "`squeeze()` 把别的大小为 1 的轴也去掉了",
            "`squeeze()` took away other axes of size 1 as well",
        )
        for x in [
            torch.rand(4),
            torch.rand(2, 3, 4),
            torch.rand(5, 1),
            torch.arange(120).reshape(2, 3, 4, 5),
            torch.rand(1, 3),
        ]:
            try:
                checks.agrees(
                    last_column,
                    row_by_row,
                    [x],
                    mistakes=[
                        (lambda x: x[:, -1], axes),
                        (lambda x: x[-1], row),
                        (lambda x: x[..., 2], fixed),
                        (lambda x: x.transpose(0, -1)[-1], order),
                        (lambda x: x.permute(*range(x.ndim)[::-1])[-1], order),
                        (lambda x: x[..., -1].squeeze(), squeezed),
                    ],
                )
            except IndexError:
                checks.true(False, axes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.1b · 裁出中间（3 分）
#
# 写函数 `centre_crop(pictures, size)`：`pictures` 是一批图片，形状 `(n, h, w)`；返回每张图片正中 `size × size` 的一块，形状 `(n, size, size)`。上边去掉 `(h - size) // 2` 行，左边去掉 `(w - size) // 2` 列，多出来的从下边和右边去掉。
#
# 例：`torch.arange(20).reshape(1, 4, 5)` 裁成 2，得到 `tensor([[[6, 7], [11, 12]]])`。
#
# <details><summary>提示 1</summary>第一个轴（哪张图片）全都要。</details>
# <details><summary>提示 2</summary>先算出起点 <code>top</code> 和 <code>left</code>，终点是起点加 <code>size</code>。</details>
# <details><summary>提示 3</summary>h 和 w 可能不同，两个起点要分别算。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.1b · Crop the centre (3 points)
#
# Write `centre_crop(pictures, size)`: `pictures` is a batch of pictures of shape `(n, h, w)`; return the `size × size` piece at the centre of each, shape `(n, size, size)`. Cut `(h - size) // 2` rows off the top and `(w - size) // 2` columns off the left; what is still too much comes off the bottom and the right.
#
# Example: `torch.arange(20).reshape(1, 4, 5)` cropped to 2 gives `tensor([[[6, 7], [11, 12]]])`.
#
# <details><summary>Hint 1</summary>The first axis says which picture: all of them are wanted.</details>
# <details><summary>Hint 2</summary>Compute the starts <code>top</code> and <code>left</code> first; each stop is its start plus <code>size</code>.</details>
# <details><summary>Hint 3</summary>h and w may differ, so the two starts do too.</details>


# %% nbgrader={"grade": false, "grade_id": "centre_crop", "locked": false, "schema_version": 3, "solution": true, "task": false}
def centre_crop(pictures: torch.Tensor, size: int) -> torch.Tensor:
    """pictures (n, h, w), size -> (n, size, size)"""
    ### BEGIN SOLUTION
    top = (pictures.shape[1] - size) // 2
    left = (pictures.shape[2] - size) // 2
    return pictures[:, top : top + size, left : left + size]
    ### END SOLUTION


# %% tags=["exercise"]
centre_crop(torch.arange(20).reshape(1, 4, 5), 2)

# %% nbgrader={"grade": true, "grade_id": "centre_crop-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("centre_crop"):
    corner = checks.say("这是左上角，不是中间", "that is the top left corner, not the centre")
    keep = checks.say("第一个轴（哪张图片）要保留", "keep the first axis, which says which picture")
    whole = checks.say(
        "第一个轴（哪张图片）要全取，裁的是后两个轴",
        "take all of the first axis, which says which picture; crop the other two",
    )
    stop = checks.say("切片的终点不对：终点是起点加 `size`", "the stop is wrong: it is the start plus `size`")
    rounding = checks.say(
        "多出奇数行或列时，多的那一行应从下边和右边去掉：用 `//`",
        "with an odd number to remove, the extra row comes off the bottom and the right: use `//`",
    )
    outside = checks.say(
        "什么也没有取到：起点不在图片里，h 和 w 要从 `pictures.shape` 来",
        "nothing is left: the start lies outside the picture; take h and w from `pictures.shape`",
    )
    picture = torch.arange(20).reshape(1, 4, 5)
    checks.returns(
        centre_crop,
        picture,
        2,
        expected=torch.tensor([[[6, 7], [11, 12]]]),
        mistakes=[
            (torch.tensor([[[0, 1], [5, 6]]]), corner),
            (torch.tensor([[6, 7], [11, 12]]), keep),
            (picture[:, 1:3], whole),
            (picture[1:3, 1:3], whole),
            (torch.tensor([[[6]]]), stop),
            (torch.tensor([[[6, 7, 8], [11, 12, 13], [16, 17, 18]]]), stop),
            (torch.tensor([[[6, 7, 8], [11, 12, 13]]]), stop),
            (torch.tensor([[[7, 8], [12, 13]]]), rounding),
            (picture[:, :0, :0], outside),
        ],
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def pixel_by_pixel(pictures, size):
            n, h, w = pictures.shape
            crop = torch.empty(n, size, size, dtype=pictures.dtype)
            for i in range(size):
                for j in range(size):
                    crop[:, i, j] = pictures[:, i + (h - size) // 2, j + (w - size) // 2]
            return crop

        def from_end(pictures, size):
            return pixel_by_pixel(pictures.flip(1, 2), size).flip(1, 2)

        same = checks.say(
            "高和宽不同时，上边和左边要去掉的不一样多",
            "where h and w differ, top and left margins differ too",
        )
        swapped = checks.say(
            "h 和 w 对调了：形状是 `(n, h, w)`", "h and w are swapped: the shape is `(n, h, w)`"
        )
        halves = checks.say(
            "先相减，再用 `//` 除以 2：分别减半会差一",
            "subtract first, then `// 2`: halving each is off by one",
        )
        minus_zero = checks.say(
            "切片的终点成了 `-0`，就什么也取不到：终点写成起点加 `size`",
            "a slice that stops at `-0` takes nothing: let it stop at its start plus `size`",
        )
        checks.agrees(
            centre_crop,
            pixel_by_pixel,
            [
                (torch.rand(3, 8, 8), 4),
                (torch.rand(2, 9, 5), 3),
                (torch.rand(2, 5, 10), 4),
                (torch.rand(1, 7, 6), 2),
                (torch.rand(2, 6, 6), 6),
                (torch.rand(2, 8, 6), 3),
                (torch.arange(75).reshape(3, 5, 5), 1),
            ],
            mistakes=[
                (
                    lambda p, s: p[:, (p.shape[2] - s) // 2 :, (p.shape[1] - s) // 2 :][:, :s, :s],
                    swapped,
                ),
                (
                    lambda p, s: p[:, p.shape[1] // 2 - s // 2 :, p.shape[2] // 2 - s // 2 :][:, :s, :s],
                    halves,
                ),
                (lambda p, s: p[:, :0, :0], minus_zero),
                (lambda p, s: p[:, :s, :s], corner),
                (lambda p, s: p[:, (p.shape[1] - s) // 2 :, (p.shape[1] - s) // 2 :][:, :s, :s], same),
                (lambda p, s: p[:, (p.shape[2] - s) // 2 :, (p.shape[2] - s) // 2 :][:, :s, :s], same),
                (from_end, rounding),
            ],
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.1c · 加画框（3 分）
#
# 写函数 `frame(picture, value)`：返回图片 `(h, w)` 的一份拷贝，最外面一圈像素都换成 `value`，里面照旧，dtype 不变。传进来的图片不能变。h 和 w 至少是 2。
#
# 例：`frame(torch.zeros(3, 4), 1.0)` 得到 `tensor([[1., 1., 1., 1.], [1., 0., 0., 1.], [1., 1., 1., 1.]])`。
#
# <details><summary>提示 1</summary>先拷贝，再往拷贝里写。</details>
# <details><summary>提示 2</summary>一圈是四条边：第一行、最后一行、第一列、最后一列。</details>
# <details><summary>提示 3</summary>例如 <code>picture[:, -1] = value</code> 写满最后一列。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.1c · A frame (3 points)
#
# Write `frame(picture, value)`: return a copy of the picture `(h, w)` in which the outermost ring of pixels is `value` and the inside and the dtype are as before. The picture that was passed in must not change. h and w are at least 2.
#
# Example: `frame(torch.zeros(3, 4), 1.0)` gives `tensor([[1., 1., 1., 1.], [1., 0., 0., 1.], [1., 1., 1., 1.]])`.
#
# <details><summary>Hint 1</summary>Copy first, then write into the copy.</details>
# <details><summary>Hint 2</summary>A ring has four sides: first row, last row, first column, last column.</details>
# <details><summary>Hint 3</summary>For example, <code>picture[:, -1] = value</code> fills the last column.</details>


# %% nbgrader={"grade": false, "grade_id": "frame", "locked": false, "schema_version": 3, "solution": true, "task": false}
def frame(picture: torch.Tensor, value: float) -> torch.Tensor:
    """picture (h, w) -> framed copy (h, w)"""
    ### BEGIN SOLUTION
    framed = picture.clone()
    framed[0] = value
    framed[-1] = value
    framed[:, 0] = value
    framed[:, -1] = value
    return framed
    ### END SOLUTION


# %% tags=["exercise"]
frame(torch.zeros(3, 4), 1.0)

# %% nbgrader={"grade": true, "grade_id": "frame-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("frame"):
    inside = checks.say("里外反了：要改的是最外面一圈", "inside out: it is the outermost ring that changes")
    sides = checks.say(
        "还差边：上、下、左、右四条都要", "some sides are missing: top, bottom, left and right"
    )
    around = checks.say("里面的像素应该照旧", "the pixels inside should stay as they were")
    corners = checks.say(
        "只改了角上的像素：一次给两个轴的位置，只取到交点；一条边要整行或整列",
        "only corner pixels have changed: positions on both axes meet in one pixel; a side is a whole row or column",
    )
    inner = checks.say(
        "最后一行是 `-1`，最后一列也是：`-2` 是倒数第二",
        "the last row is `-1`, the last column too: `-2` is the one before",
    )
    outer = checks.say(
        "画框占图片最外面的一圈，不是在外面再加一圈：形状不变",
        "the frame takes the picture's own outermost pixels, it is not a ring around it: the shape stays",
    )
    part = checks.say("这只是一条边：要返回整张图片", "that is one side only: return the whole picture")

    def pixels(*rows):
        return torch.tensor([[float(pixel) for pixel in row] for row in rows])

    checks.returns(
        frame,
        torch.zeros(3, 4),
        1.0,
        expected=pixels("1111", "1001", "1111"),
        mistakes=[
            (pixels("0000", "0110", "0000"), inside),
            (pixels("1111", "1111", "1111"), around),
            (pixels("1111", "0000", "1111"), sides),
            (pixels("1001", "1001", "1001"), sides),
            (pixels("1111", "1000", "1000"), sides),
            (pixels("1111", "1000", "1111"), sides),
            (pixels("1111", "0001", "1111"), sides),
            (pixels("1001", "1001", "1111"), sides),
            (pixels("1111", "1001", "1001"), sides),
            (pixels("1001", "0000", "1001"), corners),
            (pixels("1000", "0000", "0001"), corners),
            (pixels("1111", "1111", "1010"), inner),
            (pixels("1111", "1111", "1001"), inner),
            (pixels("1111", "1010", "1111"), inner),
            (pixels("111111", "100001", "100001", "100001", "111111"), outer),
            (torch.ones(3), part),
            (torch.ones(4), part),
        ],
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def pixel_by_pixel(picture, value):
            h, w = picture.shape
            framed = torch.empty_like(picture)
            for i in range(h):
                for j in range(w):
                    framed[i, j] = value if i in (0, h - 1) or j in (0, w - 1) else picture[i, j]
            return framed

        def only(*edges):
            def draw(picture, value):
                picture = picture.clone()
                for edge in edges:
                    picture[edge] = value
                return picture

            return draw

        everything, first, last = slice(None), 0, -1
        constant = checks.say(
            "画框要用参数 `value`，不是固定的数", "the frame should be `value`, not a fixed number"
        )
        replaced = checks.say(
            "画框的像素要换成 `value`，不是加上它", "the frame's pixels are replaced by `value`; you added it"
        )
        size = checks.say(
            "大小写死了：最后一行和最后一列都是 `-1`",
            "a size is fixed in the code: the last row and column are `-1`",
        )
        checks.agrees(
            frame,
            pixel_by_pixel,
            [
                (torch.rand(5, 7), 2.0),
                (torch.rand(2, 2), -1.0),
                (torch.rand(2, 5), 0.0),
                (torch.rand(3, 3), 0.5),
                (torch.arange(12).reshape(4, 3), 9),
                (torch.rand(4, 6).T, 1.0),
            ],
            mistakes=[
                (only((first, everything), (last, everything)), sides),
                (only((everything, first), (everything, last)), sides),
                (only((first, everything), (everything, first)), sides),
                (lambda p, v: pixel_by_pixel(torch.zeros_like(p), v), around),
                (lambda p, v: pixel_by_pixel(p, 1), constant),
                (lambda p, v: torch.where(pixel_by_pixel(0 * p, 1) == 1, p + v, p), replaced),
                (only((0,), (2,), (everything, 0), (everything, 3)), size),
            ],
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 1.4.2 连接张量
#
# `torch.cat` 沿着一个**已有**的轴把张量接起来：轴数不变，那个轴变长。

# %% [markdown] tags=["en"]
# ### 1.4.2 Joining tensors
#
# `torch.cat` joins tensors along an axis that they **already have**: the number of axes stays, that axis grows.

# %%
tensor = torch.ones(4, 4)
tensor[:, 1] = 0
t1 = torch.cat([tensor, tensor, tensor], dim=1)
print(t1)

# %% [markdown] tags=["zh"]
# 官方文档的例子也是这个意思：`dim=0` 往下接，`dim=1` 往右接。

# %% [markdown] tags=["en"]
# The example of the official documentation says the same: `dim=0` joins downwards, `dim=1` to the right.

# %%
torch.manual_seed(0)
x = torch.randn(2, 3)
print(torch.cat((x, x, x), 0))
print(torch.cat((x, x, x), 1))

# %% [markdown] tags=["zh"]
# `torch.stack` 则**新增**一个轴，把张量叠在一起：轴数多一，所有张量的形状必须完全相同。

# %% [markdown] tags=["en"]
# `torch.stack` **adds** an axis and stacks the tensors along it: one axis more than before, and all the tensors must have the same shape.

# %%
t2 = torch.stack([tensor, tensor, tensor], dim=1)
print(t2)

# %%
a = torch.arange(6).reshape(2, 3)
b = torch.arange(6, 12).reshape(2, 3)
plots.cat_and_stack(a, b)

# %% [markdown] tags=["zh"]
# 新轴插在哪里由 `dim` 决定：`n` 个形状 `(2, 3)` 的张量，`stack(dim=0)` 得到 `(n, 2, 3)`，`stack(dim=1)` 得到 `(2, n, 3)`。用 `dim=1` 时，`t[i, j]` 是第 `j` 个张量的第 `i` 行。

# %% [markdown] tags=["en"]
# `dim` says where the new axis goes: from `n` tensors of shape `(2, 3)`, `stack(dim=0)` makes `(n, 2, 3)` and `stack(dim=1)` makes `(2, n, 3)`. With `dim=1`, `t[i, j]` is row `i` of tensor `j`.

# %%
print(torch.stack([a, b], dim=0).shape, torch.stack([a, b], dim=1).shape)
print(torch.stack([a, b], dim=1)[0])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.2a · 并排（1 分）
#
# 写函数 `side_by_side(a, b)`：`a` 形状 `(n, p)`，`b` 形状 `(n, q)`，把 `b` 接在 `a` 的右边，返回 `(n, p + q)`。
#
# 例：`side_by_side(torch.tensor([[1], [2]]), torch.tensor([[3, 4], [5, 6]]))` 得到 `tensor([[1, 3, 4], [2, 5, 6]])`。
#
# <details><summary>提示 1</summary>哪个轴变长了？</details>
# <details><summary>提示 2</summary><code>torch.cat</code> 的 <code>dim</code> 是变长的那个轴。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.2a · Side by side (1 point)
#
# Write `side_by_side(a, b)`: `a` has shape `(n, p)`, `b` has shape `(n, q)`; join `b` to the right of `a` and return `(n, p + q)`.
#
# Example: `side_by_side(torch.tensor([[1], [2]]), torch.tensor([[3, 4], [5, 6]]))` gives `tensor([[1, 3, 4], [2, 5, 6]])`.
#
# <details><summary>Hint 1</summary>Which axis has grown?</details>
# <details><summary>Hint 2</summary>The <code>dim</code> of <code>torch.cat</code> is the axis that grows.</details>


# %% nbgrader={"grade": false, "grade_id": "side_by_side", "locked": false, "schema_version": 3, "solution": true, "task": false}
def side_by_side(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """a (n, p), b (n, q) -> (n, p + q)"""
    ### BEGIN SOLUTION
    return torch.cat([a, b], dim=1)
    ### END SOLUTION


# %% tags=["exercise"]
side_by_side(torch.tensor([[1], [2]]), torch.tensor([[3, 4], [5, 6]]))

# %% nbgrader={"grade": true, "grade_id": "side_by_side-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("side_by_side"):
    below = checks.say("接在下面了：往右接是 `dim=1`", "that joins below: to the right is `dim=1`")
    swapped = checks.say("左右反了：`a` 在左，`b` 在右", "left and right are swapped: `a` comes first")
    stacked = checks.say("`stack` 新增了一个轴，这里要用 `cat`", "`stack` adds an axis; `cat` is wanted here")
    added = checks.say("这是相加，不是拼接", "that adds them up; they should be joined")
    alternating = checks.say(
        "a 和 b 的列交错了：a 的列应该全在前面", "the columns of a and b alternate: those of a all come first"
    )
    reshaped = checks.say(
        "先往下接、再 `reshape`，行就乱了：直接往右接",
        "joined below and then through `reshape`, the rows get mixed up: join to the right at once",
    )
    missing = checks.say("`b` 没有接上，`a` 出现了两次", "`b` is missing, `a` is there twice")
    a, b = torch.tensor([[1, 2], [3, 4]]), torch.tensor([[5, 6], [7, 8]])
    checks.returns(
        side_by_side,
        a,
        b,
        expected=torch.tensor([[1, 2, 5, 6], [3, 4, 7, 8]]),
        mistakes=[
            (torch.tensor([[1, 2], [3, 4], [5, 6], [7, 8]]), below),
            (torch.tensor([[5, 6, 1, 2], [7, 8, 3, 4]]), swapped),
            (torch.tensor([[1, 5, 2, 6], [3, 7, 4, 8]]), alternating),
            (torch.tensor([[1, 2, 3, 4], [5, 6, 7, 8]]), reshaped),
            (torch.tensor([[1, 2, 1, 2], [3, 4, 3, 4]]), missing),
            (lambda a, b: torch.stack([a, b]), stacked),
            (lambda a, b: torch.stack([a, b], 1), stacked),
            (lambda a, b: torch.stack([a, b], 2), stacked),
            (torch.add, added),
        ],
    )
    checks.returns(
        side_by_side,
        torch.tensor([[1], [2]]),
        torch.tensor([[3, 4], [5, 6]]),
        expected=torch.tensor([[1, 3, 4], [2, 5, 6]]),
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def column_by_column(a, b):
            joined = torch.empty(len(a), a.shape[1] + b.shape[1], dtype=a.dtype)
            for j in range(joined.shape[1]):
                joined[:, j] = a[:, j] if j < a.shape[1] else b[:, j - a.shape[1]]
            return joined

        checks.agrees(
            side_by_side,
            column_by_column,
            [
                (torch.rand(3, 2), torch.rand(3, 5)),
                (torch.rand(1, 1), torch.rand(1, 1)),
                (torch.rand(2, 0), torch.rand(2, 3)),
                (torch.arange(6).reshape(3, 2), torch.arange(9).reshape(3, 3)),
            ],
            mistakes=[(lambda a, b: torch.hstack([b, a]), swapped)],
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.2b · 做成一批（2 分）
#
# 写函数 `make_batch(pictures)`：`pictures` 是一个列表，装着 n 张（至少一张）形状和 dtype 都相同的图片 `(h, w)`；返回形状 `(n, h, w)` 的一批。
#
# 例：三张 `(28, 28)` 的图片得到形状 `(3, 28, 28)`，第 `i` 张就是结果的 `[i]`。
#
# <details><summary>提示 1</summary>轴数从 2 变成了 3。</details>
# <details><summary>提示 2</summary>新的轴在最前面。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.2b · Make a batch (2 points)
#
# Write `make_batch(pictures)`: `pictures` is a list of n pictures (at least one), all of the same shape `(h, w)` and dtype; return one batch of shape `(n, h, w)`.
#
# Example: three pictures of shape `(28, 28)` give shape `(3, 28, 28)`, and picture `i` is the result's `[i]`.
#
# <details><summary>Hint 1</summary>Two axes have become three.</details>
# <details><summary>Hint 2</summary>The new axis comes first.</details>


# %% nbgrader={"grade": false, "grade_id": "make_batch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_batch(pictures: list[torch.Tensor]) -> torch.Tensor:
    """n pictures (h, w) -> (n, h, w)"""
    ### BEGIN SOLUTION
    return torch.stack(pictures, dim=0)
    ### END SOLUTION


# %% tags=["exercise"]
make_batch([torch.zeros(28, 28), torch.ones(28, 28), torch.ones(28, 28)]).shape

# %% nbgrader={"grade": true, "grade_id": "make_batch-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("make_batch"):
    joined = checks.say(
        "`cat` 把图片首尾相接了；要新增一个轴，用 `stack`",
        "`cat` joined the pictures end to end; `stack` adds the axis",
    )
    place = checks.say("新的轴应该在最前面：`dim=0`", "the new axis should come first: `dim=0`")
    mixed = checks.say(
        "形状对了，内容乱了：`reshape` 不会交换轴",
        "the shape is right but the pictures are mixed up: `reshape` does not swap axes",
    )
    added = checks.say(
        "图片相加成了一张：要叠成一批", "that adds the pictures up into one; they should make a batch"
    )
    first = checks.say(
        "只有第一张图片：`return` 是不是写在循环里面了？",
        "only the first picture is there: is a `return` inside the loop?",
    )
    last = checks.say(
        "只有最后一张图片：循环里每次都覆盖了前面的",
        "only the last picture is there: each turn of the loop overwrites the one before",
    )
    pictures = [torch.full((2, 4), float(i)) for i in range(3)]
    mistakes = [
        (lambda p: torch.cat(p), joined),
        (lambda p: torch.cat(p, 1), joined),
        (lambda p: torch.stack(p, 1), place),
        (lambda p: torch.stack(p, 2), place),
        (lambda p: torch.stack(p, 2).reshape(-1, *p[0].shape), mixed),
        (lambda p: torch.cat(p, 1).reshape(-1, *p[0].shape), mixed),
        (sum, added),
        (lambda p: p[0][None], first),
        (lambda p: p[0], first),
        (lambda p: p[-1][None], last),
        (lambda p: p[-1], last),
    ]
    expected = torch.tensor([[[float(i)] * 4] * 2 for i in range(3)])
    checks.returns(make_batch, pictures, expected=expected, mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def one_after_another(pictures):
            batch = torch.empty(len(pictures), *pictures[0].shape, dtype=pictures[0].dtype)
            for i, picture in enumerate(pictures):
                batch[i] = picture
            return batch

        cases = [
            ([torch.rand(h, w) for _ in range(n)],)
            for n, h, w in [(1, 3, 2), (2, 2, 2), (3, 3, 3), (5, 4, 1)]
        ]
        cases.append(([torch.randint(256, (2, 3), dtype=torch.uint8) for _ in range(2)],))
        follow = checks.say(
            "dtype 变了：一批的 dtype 要跟图片一样", "the dtype has changed: a batch has that of its pictures"
        )
        converted = [
            (lambda p: one_after_another(p).float(), follow),
            (lambda p: one_after_another(p).long(), follow),
        ]
        checks.agrees(make_batch, one_after_another, cases, mistakes=mistakes + converted)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.2c · 交错（4 分）
#
# 写函数 `interleave(a, b)`：`a` 和 `b` 的形状都是 `(n, d)`，n 至少是 1；返回 `(2n, d)`，各行依次是 a 的第 0 行、b 的第 0 行、a 的第 1 行、b 的第 1 行……试试不用循环。
#
# 例：`interleave(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[5, 6], [7, 8]]))` 得到 `tensor([[1, 2], [5, 6], [3, 4], [7, 8]])`。
#
# <details><summary>提示 1</summary>先做一个形状 <code>(n, 2, d)</code> 的张量，<code>[i, 0]</code> 是 a 的第 i 行，<code>[i, 1]</code> 是 b 的第 i 行。</details>
# <details><summary>提示 2</summary>上面说过，哪种 <code>stack</code> 把新轴放在中间？</details>
# <details><summary>提示 3</summary>最后用 <code>reshape</code> 把前两个轴并成一个。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.2c · Interleave (4 points)
#
# Write `interleave(a, b)`: both have shape `(n, d)` with n at least 1; return shape `(2n, d)`, whose rows are row 0 of a, row 0 of b, row 1 of a, row 1 of b and so on. Try to do it without a loop.
#
# Example: `interleave(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[5, 6], [7, 8]]))` gives `tensor([[1, 2], [5, 6], [3, 4], [7, 8]])`.
#
# <details><summary>Hint 1</summary>Make a tensor of shape <code>(n, 2, d)</code> first, where <code>[i, 0]</code> is row i of a and <code>[i, 1]</code> is row i of b.</details>
# <details><summary>Hint 2</summary>Which <code>stack</code> above put the new axis in the middle?</details>
# <details><summary>Hint 3</summary>At the end, <code>reshape</code> makes one axis of the first two.</details>


# %% nbgrader={"grade": false, "grade_id": "interleave", "locked": false, "schema_version": 3, "solution": true, "task": false}
def interleave(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """a (n, d), b (n, d) -> (2n, d)"""
    ### BEGIN SOLUTION
    n, d = a.shape
    return torch.stack([a, b], dim=1).reshape(2 * n, d)
    ### END SOLUTION


# %% tags=["exercise"]
interleave(torch.tensor([[1, 2], [3, 4]]), torch.tensor([[5, 6], [7, 8]]))

# %% nbgrader={"grade": true, "grade_id": "interleave-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("interleave"):
    after = checks.say(
        "a 的各行排完才轮到 b：行与行要交错，新轴应在中间",
        "b comes after all of a: to alternate rows, the new axis goes in the middle",
    )
    swapped = checks.say("顺序反了：a 的第 0 行在最前面", "the order is reversed: row 0 of a comes first")
    columns = checks.say(
        "交错的是各行里的数：新轴应是 `dim=1`，不是最后",
        "the numbers inside the rows alternate: the new axis should be `dim=1`, not the last",
    )
    unmerged = checks.say(
        "还差一步：把前两个轴并成一个", "one step is missing: merge the first two axes into one"
    )
    mistakes = [
        (lambda a, b: torch.cat([a, b]), after),
        (lambda a, b: torch.stack([b, a], 1).reshape(-1, a.shape[1]), swapped),
        (lambda a, b: torch.stack([a, b], 2).reshape(-1, a.shape[1]), columns),
        (lambda a, b: torch.stack([a, b], 1), unmerged),
        (lambda a, b: torch.stack([a, b], 0), unmerged),
        (
            lambda a, b: torch.cat([a, b], 1),
            checks.say(
                "形状应为 (2n, d)：行数翻倍，列数不变",
                "the shape should be (2n, d): twice the rows, the same columns",
            ),
        ),
        (
            lambda a, b: torch.stack([a, b.flip(0)], 1).reshape(-1, a.shape[1]),
            checks.say("b 的各行要从第 0 行开始", "the rows of b should start with its row 0"),
        ),
    ]
    a, b = torch.tensor([[1, 2], [3, 4]]), torch.tensor([[5, 6], [7, 8]])
    checks.returns(
        interleave, a, b, expected=torch.tensor([[1, 2], [5, 6], [3, 4], [7, 8]]), mistakes=mistakes
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def row_by_row(a, b):
            rows = torch.empty(2 * len(a), a.shape[1], dtype=a.dtype)
            for i in range(len(a)):
                rows[2 * i], rows[2 * i + 1] = a[i], b[i]
            return rows

        shapes = [(1, 1), (1, 4), (3, 2), (4, 4), (6, 1)]
        cases = [(torch.rand(shape), torch.rand(shape)) for shape in shapes]
        cases.append((torch.arange(6).reshape(2, 3).T, torch.arange(6, 12).reshape(2, 3).T))
        checks.agrees(interleave, row_by_row, cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 1.4.3 算数运算
#
# **矩阵乘法**（matrix multiplication）有三种写法，结果一样：`@`、`matmul`、`torch.matmul(…, out=…)`（把结果写进现成的张量）。`tensor.T` 是转置（transpose），行变列，列变行。

# %% [markdown] tags=["en"]
# ### 1.4.3 Arithmetic
#
# **Matrix multiplication** can be written in three ways with the same result: `@`, `matmul` and `torch.matmul(…, out=…)`, which writes into a tensor that is already there. `tensor.T` is the transpose: rows become columns.

# %%
y1 = tensor @ tensor.T
y2 = tensor.matmul(tensor.T)

y3 = torch.rand_like(y1)
torch.matmul(tensor, tensor.T, out=y3)
print(f"{y1} \n{y2} \n{y3} \n ")

# %% [markdown] tags=["zh"]
# **逐元素乘法**（element-wise product）是另一回事：相同位置的数两两相乘，写成 `*` 或 `mul`¹。
#
# <small>¹ 原文的代码先单独 `print(y3)`，再把三个结果一起打印，应有四个矩阵，输出里却只有三个。这里只打印一次。</small>

# %% [markdown] tags=["en"]
# The **element-wise product** is something else: numbers in the same place are multiplied, written `*` or `mul`¹.
#
# <small>¹ In the original document the code prints `y3` once more on its own, so there should be four matrices, but its output shows three. Here each is printed once.</small>

# %%
z1 = tensor * tensor
z2 = tensor.mul(tensor)

z3 = torch.rand_like(tensor)
torch.mul(tensor, tensor, out=z3)
print(f"{z1} \n{z2} \n{z3} \n ")

# %% [markdown] tags=["zh"]
# `(n, d) @ (d, k)` 得到 `(n, k)`：左边的列数要等于右边的行数。下面左边的每一**行**和右边的每一**列**逐元素相乘再求和，得到结果里的一个数：第 0 行第 1 列是 1×20 + 2×40 = 100。

# %% [markdown] tags=["en"]
# `(n, d) @ (d, k)` makes `(n, k)`: the left one needs as many columns as the right one has rows. Below, each **row** on the left is multiplied with each **column** on the right, element by element, and summed to one number of the result: row 0, column 1 is 1×20 + 2×40 = 100.

# %%
left = torch.tensor([[1, 2], [3, 4], [5, 6]])
right = torch.tensor([[10, 20], [30, 40]])
plots.tensor_grid(left, right, left @ right, titles=["left", "right", "left @ right"])

# %% [markdown] tags=["zh"]
# 其他运算也是逐元素的：`+`、`-`、`/`、`**`。归约（reduction）则把许多数变成一个：`sum()`、`mean()`、`max()`；写上 `dim` 就只沿那个轴归约。

# %% [markdown] tags=["en"]
# The other operators work element by element too: `+`, `-`, `/`, `**`. A reduction turns many numbers into one: `sum()`, `mean()`, `max()`; with a `dim` it reduces along that axis only.

# %%
scores = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(scores.mean(), scores.mean(dim=0), scores.mean(dim=1))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.3a · 均方误差（2 分）
#
# 写函数 `mean_squared_error(a, b)`：两个形状相同的浮点张量，逐元素相减、平方，再对所有元素取平均，返回 0 阶张量，dtype 不变。训练回归网络用的就是这个损失。
#
# 例：`[1., 2.]` 和 `[1., 4.]` 得到 `tensor(2.)`。
#
# <details><summary>提示 1</summary>先减，再平方，最后平均：顺序很重要。</details>
# <details><summary>提示 2</summary><code>**</code> 和 <code>mean()</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.3a · Mean squared error (2 points)
#
# Write `mean_squared_error(a, b)`: for two float tensors of the same shape, subtract element by element, square, and average over all elements; return a tensor of rank 0 in their dtype. This is the loss that regression networks are trained with.
#
# Example: `[1., 2.]` and `[1., 4.]` give `tensor(2.)`.
#
# <details><summary>Hint 1</summary>Subtract, then square, then average: the order matters.</details>
# <details><summary>Hint 2</summary><code>**</code> and <code>mean()</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "mean_squared_error", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean_squared_error(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """a (...), b (...) -> ()"""
    ### BEGIN SOLUTION
    return ((a - b) ** 2).mean()
    ### END SOLUTION


# %% tags=["exercise"]
mean_squared_error(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0]))

# %% nbgrader={"grade": true, "grade_id": "mean_squared_error-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("mean_squared_error"):
    one_axis = checks.say(
        "只沿一个轴取了平均：要对所有元素，不要写 `dim`（遍历一张表得到的是各行，不是各个数）",
        "averaged along one axis only: all elements are meant, so leave out `dim` "
        "(and a loop over a table gives rows, not numbers)",
    )
    mistakes = [
        (
            lambda a, b: ((a - b) ** 2).sum(),
            checks.say("这是总和，还要除以元素个数", "that is the sum; divide by the number of elements"),
        ),
        (
            lambda a, b: (a - b).mean() ** 2,
            checks.say(
                "先平均再平方了：正负误差会互相抵消",
                "you averaged before squaring: errors of opposite sign cancel out",
            ),
        ),
        (
            lambda a, b: (a - b).abs().mean(),
            checks.say("这是绝对值的平均，题目要平方", "that averages absolute values; squares are wanted"),
        ),
        (
            lambda a, b: ((a - b) ** 2).mean().sqrt(),
            checks.say("多开了一次方", "there is a square root too many"),
        ),
        (
            lambda a, b: (a - b) ** 2,
            checks.say("还没有取平均：要一个数", "not averaged yet: one number is wanted"),
        ),
        (
            lambda a, b: (a**2 - b**2).mean(),
            checks.say("先减再平方，不是先平方再减", "subtract first, then square"),
        ),
        (lambda a, b: ((a - b) ** 2).mean(0), one_axis),
        (lambda a, b: ((a - b) ** 2).mean(-1), one_axis),
        (lambda a, b: (a - b).mean(), checks.say("还没有平方", "not squared yet")),
        (
            lambda a, b: (a - b**2).mean(),
            checks.say(
                "`a - b ** 2` 只平方了 b：减法要加括号",
                "`a - b ** 2` squares b only: put the subtraction in parentheses",
            ),
        ),
        (
            lambda a, b: ((a - b) ** 2).sum() / len(a),
            checks.say(
                "`len` 只数第一个轴：要除以所有元素的个数（`numel()`）",
                "`len` counts the first axis only: divide by the number of all elements (`numel()`)",
            ),
        ),
        (
            lambda a, b: ((a - b) ** 2).mean() / 2,
            checks.say("多除以了 2", "there is a division by 2 too many"),
        ),
    ]
    a, b = torch.tensor([[1.0, 2.0], [3.0, 7.0]]), torch.tensor([[1.0, 4.0], [3.0, 3.0]])
    checks.returns(mean_squared_error, a, b, expected=torch.tensor(5.0), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def one_by_one(a, b):
            total = sum((x - y) ** 2 for x, y in zip(a.flatten().tolist(), b.flatten().tolist(), strict=True))
            return torch.tensor(total / a.numel(), dtype=a.dtype)

        shapes = [(5,), (3, 4), (2, 3, 4), (1,), ()]
        cases = [(torch.randn(shape), torch.randn(shape)) for shape in shapes]
        cases.append((torch.randn(6, dtype=torch.float64), torch.randn(6, dtype=torch.float64)))
        checks.agrees(mean_squared_error, one_by_one, cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.3b · 一层网络（3 分）
#
# 线性层用权重和偏置变换输入，神经网络的大部分就是它。写函数 `linear(x, weight, bias)`：`x` 形状 `(n, d)`，`weight` 形状 `(k, d)`，`bias` 形状 `(k,)`；返回形状 `(n, k)`、dtype 与 `x` 相同的结果，第 `i` 行第 `j` 列是 `x` 的第 `i` 行与 `weight` 的第 `j` 行逐元素相乘再求和，再加上 `bias[j]`。
#
# 例：`x = [[1., 2.]]`，`weight = [[1., 0.], [0., 1.], [1., 1.]]`，`bias = [10., 20., 30.]`，得到 `tensor([[11., 22., 33.]])`。
#
# <details><summary>提示 1</summary>「行与行」相乘，可是 <code>@</code> 是「行与列」相乘。</details>
# <details><summary>提示 2</summary><code>weight.T</code> 的形状是 <code>(d, k)</code>。</details>
# <details><summary>提示 3</summary>直接 <code>+ bias</code>：它会加到每一行上。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.3b · One layer of a network (3 points)
#
# A linear layer transforms its input with weights and a bias; most of a neural network is just that. Write `linear(x, weight, bias)`: `x` has shape `(n, d)`, `weight` `(k, d)`, `bias` `(k,)`; return shape `(n, k)` in the dtype of `x`, where row `i`, column `j` is row `i` of `x` times row `j` of `weight`, element by element and summed, plus `bias[j]`.
#
# Example: `x = [[1., 2.]]`, `weight = [[1., 0.], [0., 1.], [1., 1.]]`, `bias = [10., 20., 30.]` give `tensor([[11., 22., 33.]])`.
#
# <details><summary>Hint 1</summary>Here rows meet rows, but <code>@</code> multiplies rows with columns.</details>
# <details><summary>Hint 2</summary><code>weight.T</code> has shape <code>(d, k)</code>.</details>
# <details><summary>Hint 3</summary>Just <code>+ bias</code>: it is added to every row.</details>


# %% nbgrader={"grade": false, "grade_id": "linear", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """x (n, d), weight (k, d), bias (k) -> (n, k)"""
    ### BEGIN SOLUTION
    return x @ weight.T + bias
    ### END SOLUTION


# %% tags=["exercise"]
linear(
    torch.tensor([[1.0, 2.0]]),
    torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]),
    torch.tensor([10.0, 20.0, 30.0]),
)

# %% nbgrader={"grade": true, "grade_id": "linear-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("linear"):
    turned = checks.say(
        "结果转置了：每行应是一个样本（`x` 的一行）",
        "the result is transposed: each row should be one sample, a row of `x`",
    )
    mistakes = [
        (lambda x, w, b: x @ w.T, checks.say("还没有加 `bias`", "`bias` is missing")),
        (
            lambda x, w, b: x @ w + b,
            checks.say("`weight` 要转置：行与行相乘", "transpose `weight`: rows meet rows"),
        ),
        (
            lambda x, w, b: x * w + b,
            checks.say(
                "`*` 是逐元素乘法，矩阵乘法是 `@`",
                "`*` multiplies element by element; matrix multiplication is `@`",
            ),
        ),
        (
            lambda x, w, b: x @ w.T + b[:, None],
            checks.say(
                "`bias[j]` 属于第 j 列，你把它加到了行上",
                "`bias[j]` belongs to column j; you added it to the rows",
            ),
        ),
        (lambda x, w, b: w @ x.T, turned),
        (lambda x, w, b: w @ x.T + b[:, None], turned),
        (lambda x, w, b: w @ x.T + b, turned),
        (
            lambda x, w, b: x @ (w.T + b),
            checks.say(
                "先相乘，再加 `bias`：检查括号", "multiply first, then add `bias`: mind the parentheses"
            ),
        ),
        (
            lambda x, w, b: x @ w.T - b,
            checks.say("`bias` 是加上去，不是减掉", "`bias` is added, not subtracted"),
        ),
    ]
    x = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    weight = torch.tensor([[1.0, 10.0], [100.0, 1000.0]])
    bias = torch.tensor([5.0, 7.0])
    expected = torch.tensor([[26.0, 2107.0], [48.0, 4307.0]])
    checks.returns(linear, x, weight, bias, expected=expected, mistakes=mistakes)
    x = torch.tensor([[1.0, 2.0]])
    weight = torch.tensor([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    bias = torch.tensor([10.0, 20.0, 30.0])
    checks.returns(linear, x, weight, bias, expected=torch.tensor([[11.0, 22.0, 33.0]]), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def number_by_number(x, weight, bias):
            result = torch.zeros(len(x), len(weight), dtype=x.dtype)
            for i in range(len(x)):
                for j in range(len(weight)):
                    result[i, j] = (
                        sum(a * b for a, b in zip(x[i].tolist(), weight[j].tolist(), strict=True)) + bias[j]
                    )
            return result

        sizes = [(2, 3, 4), (3, 3, 3), (1, 1, 1), (4, 1, 2), (1, 5, 1)]
        cases = [(torch.randn(n, d), torch.randn(k, d), torch.randn(k)) for n, d, k in sizes]
        cases.append((torch.randn(2, 2).double(), torch.randn(2, 2).double(), torch.randn(2).double()))
        checks.agrees(linear, number_by_number, cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 1.4.4 单元素张量
#
# 归约的结果是只有一个元素的张量。`item()` 把它变成普通的 Python 数，方便打印和记录。

# %% [markdown] tags=["en"]
# ### 1.4.4 Tensors with one element
#
# A reduction leaves a tensor with one element. `item()` turns it into a plain Python number, which is handy for printing and logging.

# %%
agg = tensor.sum()
agg_item = agg.item()
print(agg_item, type(agg_item))

# %% [markdown] tags=["zh"]
# 比较运算得到布尔张量（`bool`）。`True` 算 1，`False` 算 0，所以求和就是数一数有多少个 `True`；要取平均，先 `.float()`。

# %% [markdown] tags=["en"]
# A comparison gives a boolean tensor (`bool`). `True` counts as 1 and `False` as 0, so the sum counts the `True`s; to take the mean, call `.float()` first.

# %%
right = torch.tensor([1, 5, 3]) == torch.tensor([1, 2, 3])
print(right, right.sum())

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.4 · 正确率（2 分）
#
# 写函数 `accuracy(predictions, labels)`：两个形状 `(n,)` 的整数张量，n 至少是 1；返回预测对了的比例，是 0 到 1 之间的 Python `float`。
#
# 例：`[9, 2, 1, 1]` 对 `[9, 2, 1, 0]`，得到 `0.75`。
#
# <details><summary>提示 1</summary>先比较，再数一数对了多少。</details>
# <details><summary>提示 2</summary>除以 n，或者直接对 0 和 1 取平均。</details>
# <details><summary>提示 3</summary><code>==</code>、<code>.float()</code>、<code>.mean()</code>、<code>.item()</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.4 · Accuracy (2 points)
#
# Write `accuracy(predictions, labels)`: for two integer tensors of shape `(n,)` with n at least 1, return the share of right predictions, a Python `float` between 0 and 1.
#
# Example: `[9, 2, 1, 1]` against `[9, 2, 1, 0]` gives `0.75`.
#
# <details><summary>Hint 1</summary>Compare, then count how many are right.</details>
# <details><summary>Hint 2</summary>Divide by n, or take the mean of the zeros and ones.</details>
# <details><summary>Hint 3</summary><code>==</code>, <code>.float()</code>, <code>.mean()</code>, <code>.item()</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "accuracy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accuracy(predictions: torch.Tensor, labels: torch.Tensor) -> float:
    """predictions (n), labels (n) -> share of right ones, 0 to 1"""
    ### BEGIN SOLUTION
    return (predictions == labels).float().mean().item()
    ### END SOLUTION


# %% tags=["exercise"]
accuracy(torch.tensor([9, 2, 1, 1]), torch.tensor([9, 2, 1, 0]))

# %% nbgrader={"grade": true, "grade_id": "accuracy-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("accuracy"):
    percent = checks.say(
        "这是百分数：比例在 0 到 1 之间", "that is a percentage: a share lies between 0 and 1"
    )
    count = checks.say("这是对了的个数，还要除以 n", "that is how many are right; divide by n")
    wrong = checks.say("这是错了的比例", "that is the share of wrong ones")
    mistakes = [
        (lambda p, y: 100.0 * (p == y).float().mean().item(), percent),
        (lambda p, y: (p == y).sum().item(), count),
        (lambda p, y: (p == y).float().sum().item(), count),
        (lambda p, y: (p != y).float().mean().item(), wrong),
        (
            lambda p, y: (p == y).sum().item() // len(y),
            checks.say(
                "`//` 和 `int(…)` 会把小数舍掉，用 `/`", "`//` and `int(…)` drop the decimals; use `/`"
            ),
        ),
        (
            lambda p, y: torch.equal(p, y),
            checks.say(
                "这只说是否全对，题目要的是对了的比例",
                "that only says whether all are right; the share of right ones is wanted",
            ),
        ),
        (
            lambda p, y: len(p == y) / len(y),
            checks.say(
                "比较的结果有 n 个，错的也在里面：数其中的 True（求和），不是数长度",
                "the comparison has n results, wrong ones too: count the True in it (a sum), not its length",
            ),
        ),
        (
            lambda p, y: p == y,
            checks.say(
                "这是每个预测的对错：还要数一数，再除以 n",
                "that says of each prediction whether it is right: count them and divide by n",
            ),
        ),
    ]
    checks.returns(
        accuracy, torch.tensor([9, 2, 1, 1]), torch.tensor([9, 2, 1, 0]), expected=0.75, mistakes=mistakes
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def count_right(predictions, labels):
            pairs = list(zip(predictions.tolist(), labels.tolist(), strict=True))
            return sum(p == y for p, y in pairs) / len(pairs)

        cases = [(torch.randint(3, (n,)), torch.randint(3, (n,))) for n in (1, 2, 7, 100)]
        cases += [(torch.tensor([4]), torch.tensor([4])), (torch.tensor([1, 0]), torch.tensor([0, 1]))]
        four = checks.say("n 不总是 4：除以 `len(labels)`", "n is not always 4: divide by `len(labels)`")
        rounded = checks.say("不要四舍五入", "don't round the result")
        mistakes += [
            (lambda p, y: (p == y).sum().item() / 4, four),
            (lambda p, y: round(count_right(p, y), 2), rounded),
        ]
        checks.agrees(accuracy, count_right, cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 1.4.5 就地操作
#
# 名字以 `_` 结尾的操作是**就地操作**（in-place operation）：结果写回张量自己。例如 `x.copy_(y)`、`x.t_()` 都会改变 `x`。

# %% [markdown] tags=["en"]
# ### 1.4.5 In-place operations
#
# An operation whose name ends in `_` works **in place**: it writes its result into the tensor itself. `x.copy_(y)` and `x.t_()`, for example, change `x`.

# %%
print(f"{tensor} \n")
tensor.add_(5)
print(tensor)

# %% [markdown] tags=["zh"]
# 就地写入不必写满整个张量：用条件（布尔张量）作索引，只改条件成立的元素。`clamp_` 给数值设上限 `max` 或下限 `min`，`fill_` 全部填成同一个数。

# %% [markdown] tags=["en"]
# Writing in place need not write everywhere: index with a condition (a boolean tensor), and only the elements for which it holds change. `clamp_` puts a bound on the values, `max` or `min`, and `fill_` fills in the same number everywhere.

# %%
scores = torch.tensor([55.0, 120.0, 98.0])
scores[scores > 100] = 100
print(scores)
print(scores.clamp_(max=99))
print(scores.fill_(0))

# %% [markdown] tags=["zh"]
# 就地操作省一点内存，但求导时要小心：反向传播可能还需要被你盖掉的旧值。PyTorch 会发现这种情况并报错¹。没有把握的时候，就用普通的操作。
#
# <small>¹ 原文说就地操作「会立即丢失历史记录」。历史并不会悄悄丢失：autograd 给每个张量记着版本号，旧值还用得着却已被覆盖时，`backward()` 会报错，如下。</small>

# %% [markdown] tags=["en"]
# In-place operations save some memory, but take care where derivatives are needed: the backward pass may still want the values that you overwrote. PyTorch notices and raises an error¹. When in doubt, use the ordinary operation.
#
# <small>¹ The original document says that in-place operations "lose the history at once". Nothing is lost in silence: autograd keeps a version number for each tensor, and `backward()` raises an error if a value it needs was overwritten, as below.</small>

# %%
x = torch.tensor(2.0).requires_grad_()
y = x.exp()
z = y * y
y.add_(1)
try:
    z.backward()
except RuntimeError as error:
    print(str(error).split(":")[0])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.5 · 就地 ReLU（2 分）
#
# 写函数 `relu_(x)`：把 `x` 里的负数**就地**改成 0，其余不变，并返回 `x` 自己。`x` 有几个轴都行（至少一个）。
#
# 例：`x = torch.tensor([-1., 2.])`，调用 `relu_(x)` 之后，`x` 是 `tensor([0., 2.])`。
#
# <details><summary>提示 1</summary><code>x = ...</code> 只是让名字指向一个新张量，原来的张量没有变。</details>
# <details><summary>提示 2</summary>可以往 <code>x[x &lt; 0]</code> 里写，也可以找一个以 <code>_</code> 结尾的方法。</details>
# <details><summary>提示 3</summary><code>clamp_(min=0)</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.5 · ReLU in place (2 points)
#
# Write `relu_(x)`: change the negative numbers in `x` to 0 **in place**, leave the others, and return `x` itself, however many axes it has (at least one).
#
# Example: with `x = torch.tensor([-1., 2.])`, after calling `relu_(x)`, `x` is `tensor([0., 2.])`.
#
# <details><summary>Hint 1</summary><code>x = ...</code> only makes the name point to a new tensor; the old one has not changed.</details>
# <details><summary>Hint 2</summary>You can write into <code>x[x &lt; 0]</code>, or look for a method that ends in <code>_</code>.</details>
# <details><summary>Hint 3</summary><code>clamp_(min=0)</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "relu_", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu_(x: torch.Tensor) -> torch.Tensor:
    """x (...) -> x itself, negative numbers set to 0"""
    ### BEGIN SOLUTION
    return x.clamp_(min=0)
    ### END SOLUTION


# %% tags=["exercise"]
relu_(torch.tensor([-1.0, 2.0]))

# %% nbgrader={"grade": true, "grade_id": "relu_-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("relu_"):
    absolute = checks.say("负数应变成 0，不是变成正数", "negative numbers should become 0, not positive")
    upper = checks.say(
        "留下的应是正数：0 是下限，不是上限", "the positive numbers stay: 0 is the lower bound, not the upper"
    )
    place = checks.say(
        "结果对，可 `x` 自己没有变：`x = …` 和拷贝都是新张量，要写进 `x` 里，或用以 `_` 结尾的操作",
        "the result is right, but `x` itself did not change: `x = …` or a copy is a new tensor; "
        "write into `x`, or use an operation that ends in `_`",
    )
    lost = checks.say(
        "`x` 和原来一样：不带 `_` 的操作不改 `x`，循环变量的赋值也不改",
        "`x` is as it was: neither an operation without `_` nor assigning to a loop's variable changes it",
    )
    kept = checks.say(
        "负数应变成 0，不是被删掉：形状不变",
        "the negative numbers should become 0, not be left out: the shape stays",
    )
    limit = checks.say(
        "大的正数要照旧：只有下限，没有上限", "large numbers stay: there is a lower bound, but no upper one"
    )
    mistakes = [
        (torch.abs, absolute),
        (lambda x: x.clamp(max=0), upper),
        (lambda x: x.clamp(0, 1), limit),
        (lambda x: x, lost),
        (lambda x: x[x > 0], kept),
        (lambda x: x[x >= 0], kept),
    ]
    itself = checks.say(
        "`x` 变了，返回的却是一份拷贝：返回 `x` 自己",
        "`x` has changed, but a copy came back: return `x` itself",
    )
    x = torch.tensor([-1.0, 2.0, -3.0, 0.0])
    result = checks.returns(
        relu_, x, expected=torch.tensor([0.0, 2.0, 0.0, 0.0]), mistakes=mistakes, changes_arguments=True
    )
    checks.equal(x, torch.tensor([0.0, 2.0, 0.0, 0.0]), name="x", hint=place)
    checks.shared_memory(result, x, name="relu_(x)", hint=itself)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def number_by_number(x):
            kept = [number if number > 0 else 0 for number in x.flatten().tolist()]
            return torch.tensor(kept, dtype=x.dtype).reshape(x.shape)

        for x in [
            torch.randn(3, 4),
            torch.randn(4, 6)[:, ::2],
            torch.randn(1),
            torch.tensor([-5, 0, 5]),
            torch.randn(0, 2),
        ]:
            expected = number_by_number(x)
            result = checks.returns(relu_, x, expected=expected, mistakes=mistakes, changes_arguments=True)
            checks.equal(x, expected, name="x", hint=place)
            if x.numel():
                checks.shared_memory(result, x, name="relu_(x)", hint=itself)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 1.4.6 形状广播和改变
#
# 形状不同的张量有时也能一起运算，这叫**广播**（broadcasting）。规则是：把两个形状**右端对齐**，从最后一个轴往前比；每一对大小要么相等，要么有一个是 1，那么它就被拉伸成另一个；缺的轴当作 1。

# %% [markdown] tags=["en"]
# ### 1.4.6 Broadcasting and reshaping
#
# Tensors of different shapes can sometimes be used together. This is **broadcasting**, and its rule is: align the two shapes **at the right** and compare from the last axis forward; each pair of sizes is equal, or one of them is 1 and is stretched to the other; a missing axis counts as 1.

# %%
torch.manual_seed(0)
x = torch.tensor([1.0, 2.0, 3.0])
y = torch.rand(5, 3)
print(x + y)
print(x.shape)
print(y.shape)

# %% [markdown] tags=["zh"]
# `x` 的形状 `(3,)` 与 `(5, 3)` 右端对齐，好像被抄成了 5 行。只是「好像」：PyTorch 并不真的复制，`x` 还是 3 个数。

# %% [markdown] tags=["en"]
# The shape `(3,)` of `x` is aligned with `(5, 3)` at the right, as if `x` were copied into 5 rows. Only as if: PyTorch copies nothing, and `x` still has 3 numbers.

# %%
plots.broadcast(torch.tensor([1, 2, 3]), torch.arange(0, 150, 10).reshape(5, 3))

# %% [markdown] tags=["zh"]
# 用 `x[:, None]`（或 `x.unsqueeze(1)`）可以在想要的地方插入一个大小为 1 的轴：`(n,)` 变成 `(n, 1)`，就成了一**列**。一列和一行相加，得到一整张表。

# %% [markdown] tags=["en"]
# `x[:, None]` (or `x.unsqueeze(1)`) inserts an axis of size 1 where you want one: `(n,)` becomes `(n, 1)`, a **column**. A column plus a row makes a whole table.

# %%
column = torch.tensor([10, 20, 30, 40])[:, None]
row = torch.tensor([1, 2, 3])
print(column.shape, row.shape, (column + row).shape)
plots.broadcast(column, row)

# %% [markdown] tags=["zh"]
# 归约时写上 `keepdim=True`，被归约的轴会留下来，大小变成 1，正好可以广播回去。例如从每一行里减去那一行的平均值：

# %% [markdown] tags=["en"]
# With `keepdim=True`, a reduction keeps the reduced axis with size 1, just right for broadcasting back. For example, to subtract from each row its own mean:

# %%
scores = torch.tensor([[1.0, 2.0, 3.0], [4.0, 6.0, 8.0]])
print(scores.mean(dim=1).shape, scores.mean(dim=1, keepdim=True).shape)
print(scores - scores.mean(dim=1, keepdim=True))

# %% [markdown] tags=["zh"]
# `std(dim=…)` 是标准差（standard deviation），用法和 `mean` 一样。PyTorch 默认除以 n − 1。

# %% [markdown] tags=["en"]
# `std(dim=…)` is the standard deviation and is used like `mean`. PyTorch divides by n − 1 unless told otherwise.

# %%
print(scores.std(dim=1))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.6a · 标准化（3 分）
#
# 写函数 `standardise(x)`：`x` 形状 `(n, d)`，每行一个样本，每列一个特征，n 至少是 2，没有哪一列全是同一个数。让每一**列**的平均值变成 0、标准差（PyTorch 默认的那种）变成 1：减去这一列的平均值，再除以这一列的标准差。
#
# 例：`[[1., 10.], [3., 30.]]` 得到 `tensor([[-0.7071, -0.7071], [0.7071, 0.7071]])`。
#
# <details><summary>提示 1</summary>沿哪个轴归约，才能每列得到一个数？</details>
# <details><summary>提示 2</summary><code>(d,)</code> 和 <code>(n, d)</code> 能直接广播。</details>
# <details><summary>提示 3</summary><code>x.mean(dim=0)</code> 和 <code>x.std(dim=0)</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.6a · Standardise (3 points)
#
# Write `standardise(x)`: `x` has shape `(n, d)`, one sample a row, one feature a column, n is at least 2, and no column holds the same number throughout. Give each **column** mean 0 and standard deviation 1 (PyTorch's default one): subtract the column's mean, then divide by the column's standard deviation.
#
# Example: `[[1., 10.], [3., 30.]]` gives `tensor([[-0.7071, -0.7071], [0.7071, 0.7071]])`.
#
# <details><summary>Hint 1</summary>Along which axis must you reduce to get one number a column?</details>
# <details><summary>Hint 2</summary><code>(d,)</code> and <code>(n, d)</code> broadcast as they are.</details>
# <details><summary>Hint 3</summary><code>x.mean(dim=0)</code> and <code>x.std(dim=0)</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "standardise", "locked": false, "schema_version": 3, "solution": true, "task": false}
def standardise(x: torch.Tensor) -> torch.Tensor:
    """x (n, d) -> (n, d), each column with mean 0 and standard deviation 1"""
    ### BEGIN SOLUTION
    return (x - x.mean(dim=0)) / x.std(dim=0)
    ### END SOLUTION


# %% tags=["exercise"]
standardise(torch.tensor([[1.0, 10.0], [3.0, 30.0]]))

# %% nbgrader={"grade": true, "grade_id": "standardise-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("standardise"):
    mistakes = [
        (
            lambda x: (x - x.mean()) / x.std(),
            checks.say(
                "用了整个张量的平均值和标准差：每一列要用自己的",
                "that uses the mean and deviation of the whole tensor: each column has its own",
            ),
        ),
        (
            lambda x: (x - x.mean(1, keepdim=True)) / x.std(1, keepdim=True),
            checks.say(
                "这是按行做的：按列要沿 `dim=0` 归约",
                "that works row by row: for columns, reduce along `dim=0`",
            ),
        ),
        (
            lambda x: x - x.mean(0),
            checks.say("还没有除以标准差", "not divided by the standard deviation yet"),
        ),
        (lambda x: x / x.std(0), checks.say("还没有减去平均值", "the mean is not subtracted yet")),
        (
            lambda x: (x - x.mean(0)) / x.var(0),
            checks.say(
                "除以了方差（`var`），应除以标准差（`std`）",
                "that divides by the variance (`var`) instead of the deviation (`std`)",
            ),
        ),
        (
            lambda x: (x - x.mean(0)) / x.std(0, correction=0),
            checks.say(
                "标准差应除以 n − 1（PyTorch 的默认）：不要写 `correction=0`，NumPy 的 `std` 也是除以 n 的",
                "the deviation should divide by n − 1, PyTorch's default: no `correction=0`, "
                "and mind that NumPy's `std` divides by n",
            ),
        ),
        (
            lambda x: (x - x.amin(0)) / (x.amax(0) - x.amin(0)),
            checks.say(
                "这是缩放到 0 和 1 之间：应减去平均值，除以标准差",
                "that scales to between 0 and 1: subtract the mean, divide by the standard deviation",
            ),
        ),
        (
            lambda x: (x - x.mean(0)) / (x - x.mean(0)).norm(dim=0),
            checks.say(
                "除以了长度（范数），应除以标准差", "that divides by the norm instead of the deviation"
            ),
        ),
        (
            lambda x: (x - x.mean(0)) / x.std(),
            checks.say("标准差也要每列各算一个：`dim=0`", "each column has its own deviation too: `dim=0`"),
        ),
        (
            lambda x: x - x.mean(0) / x.std(0),
            checks.say(
                "减法要加括号：先减，再除", "put the subtraction in parentheses: subtract first, then divide"
            ),
        ),
    ]
    x = torch.tensor([[1.0, 10.0], [2.0, 20.0], [3.0, 60.0]])
    expected = torch.tensor([[-1.0, -0.7559289], [0.0, -0.3779645], [1.0, 1.1338934]])
    checks.returns(standardise, x, expected=expected, mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def column_by_column(x):
            result = torch.empty_like(x)
            for j in range(x.shape[1]):
                numbers = x[:, j].tolist()
                mean = sum(numbers) / len(numbers)
                deviation = (sum((v - mean) ** 2 for v in numbers) / (len(numbers) - 1)) ** 0.5
                result[:, j] = torch.tensor([(v - mean) / deviation for v in numbers])
            return result

        cases = [3 * torch.randn(n, d) + 1 for n, d in [(5, 3), (4, 4), (2, 1), (10, 2), (3, 7)]]
        checks.agrees(
            standardise,
            column_by_column,
            [*cases, torch.randn(6, 2).double().round(decimals=2).float()],
            mistakes=mistakes,
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.6b · 两两之差（3 分）
#
# 写函数 `differences(a, b)`：`a` 形状 `(n,)`，`b` 形状 `(m,)`，n 和 m 至少是 1；返回形状 `(n, m)` 的表，第 `i` 行第 `j` 列是 `a[i] - b[j]`。试试不用循环。
#
# 例：`differences(torch.tensor([10, 20]), torch.tensor([1, 2, 3]))` 得到 `tensor([[9, 8, 7], [19, 18, 17]])`。
#
# <details><summary>提示 1</summary>谁是列，谁是行？</details>
# <details><summary>提示 2</summary>把 <code>a</code> 变成 <code>(n, 1)</code>。</details>
# <details><summary>提示 3</summary><code>a[:, None]</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.6b · All differences (3 points)
#
# Write `differences(a, b)`: `a` has shape `(n,)`, `b` has shape `(m,)`, n and m are at least 1; return a table of shape `(n, m)` with `a[i] - b[j]` in row `i`, column `j`. Try to do it without a loop.
#
# Example: `differences(torch.tensor([10, 20]), torch.tensor([1, 2, 3]))` gives `tensor([[9, 8, 7], [19, 18, 17]])`.
#
# <details><summary>Hint 1</summary>Which of them is the column, which the row?</details>
# <details><summary>Hint 2</summary>Make <code>a</code> of shape <code>(n, 1)</code>.</details>
# <details><summary>Hint 3</summary><code>a[:, None]</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "differences", "locked": false, "schema_version": 3, "solution": true, "task": false}
def differences(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """a (n), b (m) -> (n, m)"""
    ### BEGIN SOLUTION
    return a[:, None] - b
    ### END SOLUTION


# %% tags=["exercise"]
differences(torch.tensor([10, 20]), torch.tensor([1, 2, 3]))

# %% nbgrader={"grade": true, "grade_id": "differences-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("differences"):
    sign = checks.say("正负号反了：是 a 减 b", "the sign is reversed: it is a minus b")
    turned = checks.say(
        "表转置了：行属于 `a`，所以 `a` 要竖成一列",
        "the table is transposed: rows belong to `a`, so `a` should be the column",
    )
    mistakes = [
        (lambda a, b: b - a[:, None], sign),
        (lambda a, b: a - b[:, None], turned),
        (
            lambda a, b: b[:, None] - a,
            checks.say(
                "行和列对调了，正负号也反了：`a` 竖成一列，再减去 `b`",
                "rows and columns are swapped, and so is the sign: `a` is the column, and `b` is subtracted",
            ),
        ),
        (lambda a, b: (a[:, None] - b).abs(), checks.say("不要取绝对值", "don't take the absolute value")),
        (lambda a, b: a[:, None] + b, checks.say("这是和，不是差", "those are sums, not differences")),
        (torch.outer, checks.say("这是乘积，不是差", "those are products, not differences")),
        (
            lambda a, b: a[0] - b,
            checks.say(
                "这只是第一行：`return` 是不是写在循环里了？",
                "that is the first row only: does `return` stand inside the loop?",
            ),
        ),
        (
            lambda a, b: a[-1] - b,
            checks.say(
                "这只是最后一行：循环里每次都盖掉了前一次的结果",
                "that is the last row only: each turn of the loop overwrote the one before",
            ),
        ),
        (
            lambda a, b: (a[:, None] - b).flatten(),
            checks.say(
                "数都对，还要排成 n 行 m 列的表",
                "the numbers are right; arrange them in a table of n rows and m columns",
            ),
        ),
        (
            lambda a, b: a - b,
            checks.say(
                "这只是相同位置的差：先把 `a` 变成一列",
                "those are differences in the same place only: make `a` a column first",
            ),
        ),
    ]
    checks.returns(
        differences,
        torch.tensor([10, 20]),
        torch.tensor([1, 2, 30]),
        expected=torch.tensor([[9, 8, -20], [19, 18, -10]]),
        mistakes=mistakes,
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def pair_by_pair(a, b):
            table = torch.empty(len(a), len(b), dtype=a.dtype)
            for i in range(len(a)):
                for j in range(len(b)):
                    table[i, j] = a[i] - b[j]
            return table

        cases = [(torch.randn(n), torch.randn(m)) for n, m in [(3, 5), (4, 4), (1, 3), (3, 1), (1, 1)]]
        cases.append((torch.arange(3), torch.arange(4)))
        checks.agrees(differences, pair_by_pair, cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# **改变形状**：`view` 用新的形状看同一批数，元素个数必须不变；一个轴可以写 `-1`，由 PyTorch 算出大小。

# %% [markdown] tags=["en"]
# **Reshaping**: `view` looks at the same numbers in a new shape. The number of elements must stay the same; one axis may be `-1`, and PyTorch works out its size.

# %%
torch.manual_seed(0)
a = torch.randn(4, 4)
b = a.view(16)
c = a.view(-1, 8)
print(f"{a} \n{b} \n{c} \n ")

# %% [markdown] tags=["zh"]
# 内存里只有一长串数。**步幅**（stride）说明沿每个轴走一步，要在内存里跳过几个数。转置不搬动数据，只是交换步幅；于是按行读的顺序在内存里来回跳，这样的张量叫做**不连续**（not contiguous），`view` 也就不能把它看成一长条了。

# %% [markdown] tags=["en"]
# In memory there is only one long row of numbers. The **stride** says, for each axis, how many numbers one step along it skips in memory. Transposing moves no data; it swaps the strides. Read row by row, the result then jumps to and fro in memory; such a tensor is **not contiguous**, and `view` can't see it as one long row any more.

# %%
x = torch.arange(6).view(2, 3)
print(x.stride(), x.T.stride(), x.T.is_contiguous())
plots.strides(x, "x", "x.T")

# %%
try:
    x.T.view(6)
except RuntimeError as error:
    print(str(error).split(".")[0])
print(x.T.reshape(6))

# %% [markdown] tags=["zh"]
# `reshape` 能用 `view` 就用 `view`，不能时复制一份。所以平常用 `reshape` 就好；想确保没有复制，才用 `view`。

# %% [markdown] tags=["en"]
# `reshape` does what `view` does where that is possible and copies where it is not. So `reshape` is the everyday choice; use `view` where you want to be sure that nothing is copied.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.6c · 压平图片（2 分）
#
# 写函数 `flatten_pictures(x)`：`x` 形状 `(n, h, w)`，n 至少是 1；返回 `(n, h * w)`，每张图片压成一行。h 和 w 不一定是 28，`x` 也可能不连续。
#
# 例：`(2, 3, 4)` 得到 `(2, 12)`，结果的第 0 行是第 0 张图片从上到下、从左到右的所有像素。
#
# <details><summary>提示 1</summary>第一个轴不动，后两个轴并成一个。</details>
# <details><summary>提示 2</summary>不连续的张量，<code>view</code> 会报错。</details>
# <details><summary>提示 3</summary><code>-1</code> 让 PyTorch 替你算 h × w。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.6c · Flatten pictures (2 points)
#
# Write `flatten_pictures(x)`: `x` has shape `(n, h, w)` with n at least 1; return `(n, h * w)`, each picture as one row. h and w need not be 28, and `x` may be not contiguous.
#
# Example: `(2, 3, 4)` becomes `(2, 12)`, and row 0 of the result holds all the pixels of picture 0 from left to right, top to bottom.
#
# <details><summary>Hint 1</summary>The first axis stays; the last two become one.</details>
# <details><summary>Hint 2</summary><code>view</code> raises an error where a tensor is not contiguous.</details>
# <details><summary>Hint 3</summary><code>-1</code> lets PyTorch work out h × w.</details>


# %% nbgrader={"grade": false, "grade_id": "flatten_pictures", "locked": false, "schema_version": 3, "solution": true, "task": false}
def flatten_pictures(x: torch.Tensor) -> torch.Tensor:
    """x (n, h, w) -> (n, h * w)"""
    ### BEGIN SOLUTION
    return x.reshape(len(x), -1)
    ### END SOLUTION


# %% tags=["exercise"]
flatten_pictures(torch.arange(24).reshape(2, 3, 4))

# %% nbgrader={"grade": true, "grade_id": "flatten_pictures-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("flatten_pictures"):
    everything = checks.say(
        "所有图片连成了一条：每张图片要占一行", "all pictures became one row: each should have its own"
    )
    mixed = checks.say(
        "各张图片的像素混在一起了：只合并后两个轴",
        "the pixels of different pictures are mixed: merge the last two axes only",
    )
    columns = checks.say(
        "像素是一列一列读的：不要交换 h 和 w", "the pixels are read column by column: don't swap h and w"
    )
    mistakes = [
        (lambda x: x.flatten(), everything),
        (lambda x: x.reshape(-1, len(x)).T, mixed),
        (lambda x: x.permute(1, 2, 0).reshape(len(x), -1), mixed),
        (lambda x: x.transpose(1, 2).reshape(len(x), -1), columns),
        (
            lambda x: x.reshape(-1, x.shape[2]),
            checks.say(
                "合并的是前两个轴，应该是后两个", "that merges the first two axes; the last two are meant"
            ),
        ),
        (lambda x: x.reshape(-1, len(x)), checks.say("n 应该在最前面", "n should come first")),
        (
            lambda x: x,
            checks.say(
                "形状没有变：`reshape` 不改 `x`，它的结果要留下来；`squeeze` 只去掉大小为 1 的轴",
                "the shape is as before: `reshape` leaves `x` alone, so keep what it returns; "
                "`squeeze` only takes away axes of size 1",
            ),
        ),
        (
            lambda x: x[0].flatten(),
            checks.say("这里只有第一张图片", "that is the first picture only: all of them are wanted"),
        ),
    ]
    checks.returns(
        flatten_pictures,
        torch.arange(12).reshape(2, 2, 3),
        expected=torch.tensor([[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]),
        mistakes=mistakes,
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def pixel_by_pixel(x):
            n, h, w = x.shape
            flat = torch.empty(n, h * w, dtype=x.dtype)
            for i in range(h):
                for j in range(w):
                    flat[:, i * w + j] = x[:, i, j]
            return flat

        cases = [
            torch.rand(3, 28, 28),
            torch.rand(1, 2, 5),
            torch.rand(4, 1, 1),
            torch.rand(2, 2, 2),
            torch.rand(2, 5, 3),
        ]
        cases += [
            torch.rand(3, 4, 5).transpose(1, 2),
            torch.rand(3, 4, 6)[:, :, ::2],
            torch.rand(4, 3, 2).transpose(0, 1),
        ]
        two = checks.say(
            "图片不总是 2 张：从 `x` 的形状里取 n", "n is not always 2: take it from the shape of `x`"
        )
        mistakes.append((lambda x: x.reshape(2, -1), two))
        checks.agrees(flatten_pictures, pixel_by_pixel, cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.4.6d · 广播规则（5 分）
#
# 把广播规则写成代码。函数 `broadcast_shape(a, b)` 接受两个形状（元组），返回广播后的形状（元组）；不能广播时，抛出 `ValueError`。
#
# 例：`broadcast_shape((3,), (5, 3))` 得到 `(5, 3)`，`broadcast_shape((4, 1), (3,))` 得到 `(4, 3)`，`broadcast_shape((2,), (3,))` 抛出 `ValueError`。
#
# <details><summary>提示 1</summary>先在短的那个前面补 1，让两个形状一样长。</details>
# <details><summary>提示 2</summary>补齐之后逐对比较：相等就取它；一个是 1 就取另一个；否则 <code>raise ValueError(…)</code>。</details>
# <details><summary>提示 3</summary>大小为 0 的轴也守同一条规则：1 和 0 得到 0，所以不能简单地取 <code>max</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.4.6d · The rule of broadcasting (5 points)
#
# Put the rule of broadcasting into code. `broadcast_shape(a, b)` takes two shapes (tuples) and returns the broadcast shape (a tuple); where they don't broadcast, it raises a `ValueError`.
#
# Example: `broadcast_shape((3,), (5, 3))` gives `(5, 3)`, `broadcast_shape((4, 1), (3,))` gives `(4, 3)`, and `broadcast_shape((2,), (3,))` raises a `ValueError`.
#
# <details><summary>Hint 1</summary>Put ones in front of the shorter shape first, until both have the same length.</details>
# <details><summary>Hint 2</summary>Then compare pair by pair: if they are equal, take it; if one is 1, take the other; else <code>raise ValueError(…)</code>.</details>
# <details><summary>Hint 3</summary>An axis of size 0 follows the same rule: 1 and 0 make 0, so <code>max</code> alone won't do.</details>


# %% nbgrader={"grade": false, "grade_id": "broadcast_shape", "locked": false, "schema_version": 3, "solution": true, "task": false}
def broadcast_shape(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """shape, shape -> broadcast shape, or ValueError"""
    ### BEGIN SOLUTION
    length = max(len(a), len(b))
    padded_a = (1,) * (length - len(a)) + tuple(a)
    padded_b = (1,) * (length - len(b)) + tuple(b)
    shape = []
    for size_a, size_b in zip(padded_a, padded_b):
        if size_a != size_b and 1 not in (size_a, size_b):
            raise ValueError(f"{a} and {b} don't broadcast")
        shape.append(size_b if size_a == 1 else size_a)
    return tuple(shape)
    ### END SOLUTION


# %% tags=["exercise"]
broadcast_shape((4, 1), (3,))

# %% nbgrader={"grade": true, "grade_id": "broadcast_shape-test", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("broadcast_shape"):
    left = checks.say(
        "形状要右端对齐：缺的轴补在前面", "align the shapes at the right: missing axes go in front"
    )
    longer = checks.say(
        "长度不同时，多出来的轴也要留在结果里",
        "where lengths differ, the extra axes belong to the result too",
    )
    refuse = checks.say(
        "这两个形状不能广播：要 `raise ValueError(…)`，`return`、`print` 或别种错误都不算",
        "these shapes don't broadcast: `raise ValueError(…)`; to return it, to print it or to raise another "
        "kind of error won't do",
    )
    backwards = checks.say(
        "从最后一个轴往前比，结果也是倒着的：最后要翻过来",
        "comparing from the last axis builds the shape backwards: turn it round at the end",
    )
    ones = checks.say("大小 1 要拉伸成另一个的大小", "a size of 1 is stretched to the other size")
    allowed = checks.say(
        "抛出了 ValueError，可是 {} 和 {} 能广播：右端对齐，缺的轴当作 1，1 可以拉伸成任何大小",
        "it raised a ValueError, but {} and {} do broadcast: align them at the right; "
        "a missing axis counts as 1, and a 1 is stretched to any size",
    )
    for a, b, expected, mistakes in [
        ((2, 3), (2, 3), (2, 3), [((3, 2), backwards)]),
        ((1, 3), (3,), (1, 3), [((3, 1), backwards), ((3,), longer), ((3, 3), left)]),
        ((3,), (5, 3), (5, 3), [((3, 5), backwards), ((3,), longer), ((5,), left)]),
        ((4, 1), (3,), (4, 3), [((3, 4), backwards), ((3,), longer), ((4,), left), ((4, 1), ones)]),
    ]:
        try:
            checks.returns(broadcast_shape, a, b, expected=expected, mistakes=mistakes)
        except ValueError:
            checks.true(False, allowed.format(a, b))
    checks.raises(ValueError, broadcast_shape, (2,), (3,), hint=refuse)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def by_trying(a, b):
            return tuple((torch.empty(a) + torch.empty(b)).shape)

        def largest(a, b):
            length = max(len(a), len(b))
            pads = [(1,) * (length - len(s)) + tuple(s) for s in (a, b)]
            return tuple(map(max, *pads)) if length else ()

        zero = checks.say(
            "1 和 0 配对得到 0：取「不是 1 的那个」，而不是较大的",
            "1 and 0 make 0: take the one that isn't 1, not the larger",
        )
        shapes = [
            (),
            (1,),
            (3,),
            (5, 3),
            (5, 1),
            (1, 3),
            (2, 5, 3),
            (2, 1, 1),
            (4, 1, 1, 3),
            (0,),
            (5, 0),
            (7, 1, 5, 1),
            (2,),
            (5, 5),
        ]
        for a in shapes:
            for b in shapes:
                try:
                    by_trying(a, b)
                except RuntimeError:
                    checks.raises(ValueError, broadcast_shape, a, b, hint=refuse)
                    continue
                try:
                    checks.agrees(
                        broadcast_shape,
                        by_trying,
                        [(a, b)],
                        mistakes=[
                            (largest, zero),
                            (lambda a, b: largest(a[::-1], b[::-1])[::-1], left),
                            (lambda a, b: tuple(map(max, a[::-1], b[::-1]))[::-1], longer),
                        ],
                    )
                except ValueError:
                    checks.true(False, allowed.format(a, b))
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 1.5 与 NumPy 的桥接
#
# CPU 上的张量和 NumPy 数组可以共用一块内存：改了一个，另一个也变。不复制，所以不管多大都是一瞬间的事。

# %% [markdown] tags=["en"]
# ## 1.5 The bridge to NumPy
#
# A tensor on the CPU and a NumPy array can use the same memory: change one and the other changes. Nothing is copied, so it takes no time however large they are.

# %% [markdown] tags=["zh"]
# ### 1.5.1 张量转 NumPy 数组

# %% [markdown] tags=["en"]
# ### 1.5.1 From tensor to NumPy array

# %%
t = torch.ones(5)
print(f"t: {t}")
n = t.numpy()
print(f"n: {n}")

# %% [markdown] tags=["zh"]
# 张量里的改变会反映到数组里：

# %% [markdown] tags=["en"]
# A change in the tensor shows in the array:

# %%
t.add_(1)
print(f"t: {t}")
print(f"n: {n}")

# %% [markdown] tags=["zh"]
# 想要各自独立，就用 `.copy()` 复制数组。另外，需要梯度的张量不能直接 `.numpy()`，因为 NumPy 不会记录计算图；先用 `.detach()` 拿到一个不参与求导的张量，它仍然共用内存。

# %% [markdown] tags=["en"]
# To keep them apart, `.copy()` the array. And a tensor that requires a gradient refuses `.numpy()`, since NumPy keeps no computational graph: `.detach()` first gives a tensor outside the graph, still on the same memory.

# %%
weights = torch.tensor([0.5, 1.5]).requires_grad_()
shared = weights.detach().numpy()
own = weights.detach().numpy().copy()
plots.shared_memory(weights=weights, shared=shared, own=own)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.5.1 · 安全的数组（2 分）
#
# 写函数 `to_array(x)`：返回和张量 `x` 值相同、dtype 相同的 NumPy 数组，有自己的内存；`x` 需要梯度时也能用，而且 `x` 保持原样。
#
# 例：`a = to_array(x)` 之后执行 `a[0] = 100`，`x` 不变。
#
# <details><summary>提示 1</summary>三步：离开计算图，变成数组，复制。</details>
# <details><summary>提示 2</summary><code>detach()</code>、<code>numpy()</code>、<code>copy()</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.5.1 · A safe array (2 points)
#
# Write `to_array(x)`: return a NumPy array with the values and the dtype of the tensor `x` and memory of its own; it should work where `x` requires a gradient too, and leave `x` as it is.
#
# Example: after `a = to_array(x)` and then `a[0] = 100`, `x` has not changed.
#
# <details><summary>Hint 1</summary>Three steps: leave the graph, become an array, copy.</details>
# <details><summary>Hint 2</summary><code>detach()</code>, <code>numpy()</code>, <code>copy()</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "to_array", "locked": false, "schema_version": 3, "solution": true, "task": false}
def to_array(x: torch.Tensor) -> np.ndarray:
    """x (...) -> array (...), same dtype, own memory"""
    ### BEGIN SOLUTION
    return x.detach().numpy().copy()
    ### END SOLUTION


# %% tags=["exercise"]
to_array(torch.tensor([1.5, 2.5]))

# %% nbgrader={"grade": true, "grade_id": "to_array-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import numpy as np
import torch

from pytorch_learning import checks

with checks.exercise("to_array"):
    x = torch.tensor([1.5, 2.5])
    array = checks.returns(to_array, x, expected=np.array([1.5, 2.5], dtype=np.float32))
    checks.own_memory(
        array, x, name="to_array(x)", hint=checks.say("最后 `.copy()` 一份", "`.copy()` it at the end")
    )
    checks.returns(to_array, torch.tensor([1.5]).requires_grad_(), expected=np.array([1.5], dtype=np.float32))
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        tensors = [
            torch.rand(2, 3),
            torch.rand(2, 3, dtype=torch.float64).requires_grad_(),
            torch.arange(5),
            torch.tensor([True, False]),
            torch.tensor(3.0),
            torch.rand(0, 2),
            torch.rand(3, 4).T,
        ]
        for x in tensors:
            values = np.array(x.tolist(), dtype=torch.empty(0, dtype=x.dtype).numpy().dtype).reshape(x.shape)
            flat = checks.say("数组的形状要和 `x` 一样", "the array should have the shape of `x`")
            kind = checks.say("数组的 dtype 要和 `x` 一样", "the array should have the dtype of `x`")
            mistakes = [
                (values.flatten(), flat),
                (values.astype(np.float32), kind),
                (values.astype(np.float64), kind),
            ]
            array = checks.returns(to_array, x, expected=values, mistakes=mistakes)
            checks.own_memory(array, x, name="to_array(x)")
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 1.5.2 NumPy 数组转张量
#
# 反过来也一样。NumPy 数组里的改变会反映到张量里；dtype 也跟着数组走，所以这里是 `float64`。

# %% [markdown] tags=["en"]
# ### 1.5.2 From NumPy array to tensor
#
# The same works the other way round. A change in the array shows in the tensor, and the dtype follows the array's, hence `float64` here.

# %%
n = np.ones(5)
t = torch.from_numpy(n)
np.add(n, 1, out=n)
print(f"t: {t}")
print(f"n: {n}")

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 1.5.2 · 借张量之手（2 分）
#
# 写函数 `fill_through_tensor(array, value)`：通过一个和 `array` 共用内存的张量，把数组的每个元素都改成 `value`，并返回这个张量。
#
# 例：`a = np.zeros(3)`，调用 `fill_through_tensor(a, 7)` 之后，`a` 是 `[7. 7. 7.]`。
#
# <details><summary>提示 1</summary><code>torch.tensor(array)</code> 会复制，那样数组就不变了。</details>
# <details><summary>提示 2</summary>张量要就地修改：<code>fill_</code>，或者给 <code>t[...]</code> 赋值。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 1.5.2 · By the tensor's hand (2 points)
#
# Write `fill_through_tensor(array, value)`: through a tensor that shares its memory with `array`, change every element of the array to `value`, and return that tensor.
#
# Example: with `a = np.zeros(3)`, after calling `fill_through_tensor(a, 7)`, `a` is `[7. 7. 7.]`.
#
# <details><summary>Hint 1</summary><code>torch.tensor(array)</code> copies, and the array would stay as it is.</details>
# <details><summary>Hint 2</summary>Change the tensor in place: <code>fill_</code>, or assign to <code>t[...]</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "fill_through_tensor", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fill_through_tensor(array: np.ndarray, value: float) -> torch.Tensor:
    """array (...) filled with value -> tensor (...) on the same memory"""
    ### BEGIN SOLUTION
    return torch.from_numpy(array).fill_(value)
    ### END SOLUTION


# %% tags=["exercise"]
fill_through_tensor(np.zeros(3), 7)

# %% nbgrader={"grade": true, "grade_id": "fill_through_tensor-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import numpy as np
import torch

from pytorch_learning import checks

with checks.exercise("fill_through_tensor"):
    copied = checks.say(
        "张量对了，数组没有变：要共用内存（`from_numpy`），并且就地修改",
        "the tensor is right, but the array has not changed: share its memory (`from_numpy`) and change it in place",
    )
    own = checks.say(
        "这是一个新张量，和数组没有关系：从 `torch.from_numpy(array)` 开始，不要换 dtype",
        "that is a new tensor which has nothing to do with the array: start from `torch.from_numpy(array)` "
        "and keep its dtype",
    )
    mistakes = [
        (lambda array, value: torch.full(array.shape, value), own),
        (lambda array, value: torch.full(array.shape, float(value)), own),
        (
            lambda array, value: value,
            checks.say(
                "`t = value` 只让名字指向这个数，张量没有变：要写进张量里",
                "`t = value` only makes the name point to the number: write into the tensor instead",
            ),
        ),
        (
            lambda array, value: torch.from_numpy(array + value),
            checks.say(
                "这是加上了 `value`，应当换成 `value`", "that adds `value`; it should replace the old ones"
            ),
        ),
        (
            torch.tensor([7.0, 2.0, 3.0], dtype=torch.float64),
            checks.say(
                "只改了第一个元素：每个元素都要改（`t[...]`）",
                "only the first element changed: every element should (`t[...]`)",
            ),
        ),
        (
            lambda array, value: torch.from_numpy(array),
            checks.say(
                "张量里还是原来的数：要就地修改它，不带 `_` 的操作和拷贝都不算",
                "the tensor still has its old values: change it in place, not a copy of it",
            ),
        ),
    ]
    array = np.array([1.0, 2.0, 3.0])
    tensor = checks.returns(
        fill_through_tensor,
        array,
        7,
        expected=torch.tensor([7.0, 7.0, 7.0], dtype=torch.float64),
        mistakes=mistakes,
        changes_arguments=True,
    )
    checks.equal(array, np.array([7.0, 7.0, 7.0]), name="array", hint=copied)
    checks.shared_memory(tensor, array, name="fill_through_tensor(array, 7)")
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        whole = np.arange(12).reshape(3, 4)
        for array, value in [
            (np.zeros((2, 3), dtype=np.float32), 0.5),
            (np.arange(4), -1),
            (whole[:, 1:3], 9),
            (np.array([1.5]), 2.0),
        ]:
            filled = torch.tensor([[value] * array.size], dtype=torch.from_numpy(array).dtype).reshape(
                array.shape
            )
            tensor = checks.returns(
                fill_through_tensor, array, value, expected=filled, mistakes=mistakes, changes_arguments=True
            )
            checks.equal(array, filled.numpy(), name="array", hint=copied)
            checks.shared_memory(tensor, array, name="fill_through_tensor(array, value)")
        outside = checks.say(
            "数组之外的内存也被改了", "memory that doesn't belong to the array was changed too"
        )
        checks.equal(whole[:, ::3], np.array([[0, 3], [4, 7], [8, 11]]), name="array", hint=outside)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 现在你会了
#
# - 说出任何张量的形状、阶、dtype、设备和内存大小；
# - 从列表、数组、别的张量或一个形状出发，造出想要的张量；
# - 切、拼、叠、变形，并且知道什么时候共用内存，什么时候复制；
# - 用广播代替循环；
# - 让 autograd 求导数。
#
# 接下来读：PyTorch 官方的 [Tensors 教程](https://pytorch.org/tutorials/beginner/basics/tensorqs_tutorial.html)和[广播的规则](https://pytorch.org/docs/stable/notes/broadcasting.html)。

# %% [markdown] tags=["en"]
# ## What you can do now
#
# - name the shape, rank, dtype, device and memory of any tensor;
# - make the tensor you want from a list, an array, another tensor or a shape;
# - cut, join, stack and reshape, and know when memory is shared and when it is copied;
# - replace loops by broadcasting;
# - let autograd take derivatives.
#
# Read on: PyTorch's own [tutorial on tensors](https://pytorch.org/tutorials/beginner/basics/tensorqs_tutorial.html) and its [rules of broadcasting](https://pytorch.org/docs/stable/notes/broadcasting.html).

# %% [markdown] tags=["zh", "exercise"]
# ## 成绩
#
# 运行下面的单元格，看看每道练习的情况。没有通过的，回去再试；改完答案要重新运行检查单元格。

# %% [markdown] tags=["en", "exercise"]
# ## Your points
#
# Run the cell below to see how each exercise stands. Go back to those that have not passed; after changing an answer, run its check again.

# %% tags=["exercise"]
checks.summary("01_tensors")
