# ---
# jupyter:
#   jupytext:
#     formats: 04_neural_networks//ipynb,py:percent
#     notebook_metadata_filter: jupytext,-jupytext.text_representation,-kernelspec
# ---

# %% [markdown] tags=["zh"]
# # 4 构建神经网络
#
# 神经网络由**层**（layer）组成，每一层对数据做一种运算。`torch.nn` 备齐了搭网络要用的零件。在 PyTorch 里，每个零件都是一个**模块**（module），继承自 `nn.Module`；网络自己也是模块，是由别的模块组成的模块。所以再复杂的网络，也是模块套模块。
#
# 这一节搭一个给 FashionMNIST 的衣物分类的网络：先写出它的类，再一层一层拆开看，最后看它的参数。
#
# - **怎么学**：从上往下读，每个代码单元格都运行一下（`Shift`+`Enter`），改一改再运行。
# - **怎么练**：练习在讲解后面。写答案，运行，再运行下面的检查单元格：绿色的一行表示通过，红色的会告诉你错在哪里。
# - **多少**：16 道练习，共 42 分，大约 3 小时。

# %% [markdown] tags=["en"]
# # 4 Building a neural network
#
# A neural network is made of **layers**, and each layer does one thing to the data. `torch.nn` has all the parts you need. In PyTorch every part is a **module** and inherits from `nn.Module`; the network is a module too, one that is made of other modules. However complicated a network gets, it is modules inside modules.
#
# In this section you build a network that sorts the garments of FashionMNIST: first you write its class, then you see layer by layer what happens inside, and finally you look at its parameters.
#
# - **How to read**: from top to bottom, running every code cell (`Shift`+`Enter`). Change something and run it again.
# - **How to practise**: exercises follow the explanations. Write your answer, run it, then run the check below it: a green line means it passed, a red one tells you what is wrong.
# - **How much**: 16 exercises, 42 points, about 3 hours.

# %%
from collections import OrderedDict

import matplotlib.pyplot as plt
import torch
from torch import nn
from torchvision import datasets, transforms

from pytorch_learning import checks, plots
from pytorch_learning.data import data_root

# %% tags=["zh"]
checks.language("zh")

# %% tags=["en"]
checks.language("en")

# %% [markdown] tags=["zh"]
# ## 4.1 获取用于训练的设备
#
# 训练一个网络要做许许多多次乘法，**加速器**（accelerator）做得比 CPU 快得多：CUDA（NVIDIA 显卡）、MPS（苹果电脑）、MTIA（Meta 的芯片）或 XPU（英特尔显卡）。有就用它，没有就用 CPU。

# %% [markdown] tags=["en"]
# ## 4.1 A device to train on
#
# Training a network takes a great many multiplications, and an **accelerator** does them much faster than the CPU: CUDA (NVIDIA graphics cards), MPS (Apple computers), MTIA (Meta's chips) or XPU (Intel graphics). Use it if there is one, and the CPU if not.

# %% tags=["nbval-ignore-output"]
device = torch.accelerator.current_accelerator().type if torch.accelerator.is_available() else "cpu"
print(f"Using {device} device")

# %% [markdown] tags=["zh"]
# 你的机器上可能显示 `cpu`、`cuda` 或 `mps`，都没问题：这门课的每个单元格在 CPU 上也能运行。
#
# 模块也用 `.to(device)` 搬家，它的参数（训练要调的数，例如线性层 `nn.Linear` 的 `weight` 和 `bias`）都跟着过去。和张量不同的是：张量的 `.to` 返回一个新张量，原来的不动；模块的 `.to` 就地搬动自己，再返回自己。

# %% [markdown] tags=["en"]
# Your machine may say `cpu`, `cuda` or `mps`; all are fine, since every cell of this course runs on a CPU too.
#
# A module moves with `.to(device)` as well, and its parameters (the numbers that training adjusts, such as `weight` and `bias` of a linear layer, `nn.Linear`) move with it. There is one difference: a tensor's `.to` returns a new tensor and leaves the old one where it is; a module's `.to` moves the module itself, and returns it.

# %%
x = torch.ones(3, 2)
layer = nn.Linear(2, 1)
x.to("meta")
layer.to("meta")
print("x:", x.device)
print("layer:", layer.weight.device, layer.bias.device)

# %% [markdown] tags=["zh"]
# 输入和参数必须在**同一个设备**上。忘了搬其中一个，就会报错。`meta` 设备上的张量只有形状、没有数值，每台机器上都有，所以没有 GPU 也能查出这种疏忽：

# %% [markdown] tags=["en"]
# The input and the parameters must be on **the same device**. If you forget to move one of them, you get an error. Tensors on the `meta` device have a shape but no values, and every machine has that device, so this mistake comes to light even where there is no GPU:

# %%
try:
    layer(x)
except RuntimeError as error:
    print(type(error).__name__)
print(layer(x.to("meta")).device)

# %% [markdown] tags=["zh"]
# 模块没有 `device` 属性，因为各个参数可以在不同的设备上。想知道它在哪里，就看它的参数：`parameters()` 把它们一个个交出来。有的模块（例如 `nn.Flatten`）一个参数也没有，在哪里都能用。

# %% [markdown] tags=["en"]
# A module has no attribute `device`, because its parameters could be on different ones. To find out where it is, look at its parameters: `parameters()` hands them out one by one. Some modules (`nn.Flatten`, say) have none at all and work anywhere.

# %%
for parameter in nn.Linear(2, 1).parameters():
    print(tuple(parameter.shape), parameter.dtype)
print(list(nn.Flatten().parameters()))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.1 · 跟着模型走（2 分）
#
# 写函数 `move_like(x, model)`：返回 `x`，放在模型的参数所在的设备上（同一个模型的参数都在同一个设备上）。数值和 dtype 不变。模型没有参数时，`x` 留在原来的设备上。模型不要动。
#
# 例：`move_like(torch.ones(2), nn.Linear(2, 1, device="meta")).device` 得到 `device(type='meta')`；`move_like(torch.ones(2), nn.Flatten())` 得到 `tensor([1., 1.])`。
#
# <details><summary>提示 1</summary>随便看哪个参数都行，可是先要有一个。</details>
# <details><summary>提示 2</summary>在 <code>model.parameters()</code> 上循环，第一圈就可以返回；一圈也没走，就返回原来的 <code>x</code>。</details>
# <details><summary>提示 3</summary>每个参数都是张量，有 <code>.device</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.1 · Follow the model (2 points)
#
# Write `move_like(x, model)`: return `x` on the device where the model's parameters are (all parameters of one model are on one device). Its values and dtype stay the same. If the model has no parameters, `x` stays on the device it is on. Don't move the model.
#
# Example: `move_like(torch.ones(2), nn.Linear(2, 1, device="meta")).device` gives `device(type='meta')`, and `move_like(torch.ones(2), nn.Flatten())` gives `tensor([1., 1.])`.
#
# <details><summary>Hint 1</summary>Any parameter will tell you, but there has to be one.</details>
# <details><summary>Hint 2</summary>Loop over <code>model.parameters()</code>: you can return in the first round. If there was none, return <code>x</code> as it is.</details>
# <details><summary>Hint 3</summary>Each parameter is a tensor and has a <code>.device</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "move_like", "locked": false, "schema_version": 3, "solution": true, "task": false}
def move_like(x: torch.Tensor, model: nn.Module) -> torch.Tensor:
    """x (...) -> x (...), on the device of the model's parameters"""
    ### BEGIN SOLUTION
    for parameter in model.parameters():
        return x.to(parameter.device)
    return x
    ### END SOLUTION


# %% tags=["exercise"]
move_like(torch.ones(2), nn.Linear(2, 1, device="meta")).device

# %% nbgrader={"grade": true, "grade_id": "move_like-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("move_like"):
    follow = checks.say(
        "要跟着模型的参数走，不是看机器上有什么设备；张量的 `.to` 返回新张量，要把它交出去",
        "go by the model's parameters, not by what the machine has; and a tensor's `.to` makes a new tensor, "
        "which you have to return",
    )
    still = checks.say("要搬的是 `x`，模型要留在原处", "it is `x` that moves: leave the model where it is")
    none = checks.say(
        "没有参数的模型：`next(…)` 或 `[0]` 拿不到东西，这时 `x` 留在原处",
        "a model without parameters: `next(…)` or `[0]` finds nothing, and `x` should stay where it is",
    )
    dtype = checks.say(
        "dtype 变了：`x.to(parameter)` 会连参数的 dtype 一起照搬，`x.to(parameter.device)` 只换设备",
        "its dtype changed: `x.to(parameter)` takes over the parameter's dtype too, `x.to(parameter.device)` "
        "the device alone",
    )

    def move_to(device, x, model):
        name = f"move_like(x, {type(model).__name__})"
        before = [parameter.device for parameter in model.parameters()]
        try:
            result = move_like(x, model)
        except (StopIteration, IndexError, UnboundLocalError):
            raise checks.CheckFailed(f"{name}{checks.say('：', ': ')}{none}") from None
        except NotImplementedError as error:
            if not str(error):
                raise
            raise checks.CheckFailed(f"{name}{checks.say('：', ': ')}{still if before else none}") from None
        checks.is_tensor(result, name=name)
        checks.dtype(result, x.dtype, name=name, hint=dtype)
        checks.device(result, device, name=name, hint=none if not before else follow)
        checks.true(
            before == [parameter.device for parameter in model.parameters()],
            f"{name}{checks.say('：', ': ')}{still}",
        )
        expected = torch.empty_like(x, device=device) if device == "meta" else x
        values = checks.say(
            "数值要和 `x` 的一样：搬的是 `x` 本身", "the values are those of `x`: move `x` itself"
        )
        checks.equal(result, expected, name=name, hint=values)

    x = torch.tensor([[1.0, 2.0]])
    move_to("cpu", x, nn.Linear(2, 1))
    move_to("meta", x, nn.Linear(2, 1, device="meta"))
    move_to("cpu", x, nn.Flatten())
    move_to("cpu", torch.tensor([[1, 2]]), nn.Linear(2, 1))
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        move_to("meta", x.to("meta"), nn.ReLU())
        move_to("meta", x.to("meta"), nn.Sequential(nn.Flatten(), nn.Linear(2, 1, device="meta")))
        move_to("meta", x, nn.Sequential(nn.Flatten(), nn.Linear(2, 1, bias=False)).to("meta"))
        move_to("meta", torch.arange(6).reshape(2, 3), nn.Sequential(nn.ReLU(), nn.Linear(3, 1)).to("meta"))
        move_to("cpu", torch.tensor(5), nn.Linear(2, 1))
        move_to("cpu", torch.rand(3, dtype=torch.float64), nn.Sequential())
        move_to("meta", torch.rand(2, 3), nn.BatchNorm1d(3).to("meta"))
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 4.2 定义类
#
# 自己的网络是 `nn.Module` 的子类，要写两个方法：
#
# - `__init__` **创建**各层，存成属性；第一行调用 `super().__init__()`。
# - `forward` 说明输入依次**经过**哪些层¹。
#
# `nn.Sequential` 把几层串成一个模块：前一层的输出就是后一层的输入。这里有三个线性层，中间夹着两个激活函数 ReLU（把负数变成 0）；每种层在 4.3 细讲。
#
# <small>¹ 原文 `forward` 里的三行没有缩进，Python 会报 `IndentationError`：方法的内容要比 `def` 缩进一层。</small>

# %% [markdown] tags=["en"]
# ## 4.2 Defining the class
#
# A network of your own is a subclass of `nn.Module` with two methods:
#
# - `__init__` **creates** the layers and keeps them as attributes; its first line calls `super().__init__()`.
# - `forward` says which layers the input **goes through**, one after the other¹.
#
# `nn.Sequential` makes one module of several layers: what one gives, the next one takes. Here there are three linear layers and, between them, two activation functions, ReLU, which turn negative numbers into 0; section 4.3 looks at each kind of layer.
#
# <small>¹ In the original document the three lines of `forward` are not indented, which is an `IndentationError` in Python: the body of a method stands one level deeper than its `def`.</small>


# %%
class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        self.linear_relu_stack = nn.Sequential(
            nn.Linear(28 * 28, 512),
            nn.ReLU(),
            nn.Linear(512, 512),
            nn.ReLU(),
            nn.Linear(512, 10),
        )

    def forward(self, x):
        x = self.flatten(x)
        logits = self.linear_relu_stack(x)
        return logits


# %% [markdown] tags=["zh"]
# 类是图纸，`NeuralNetwork()` 照图纸造出一个网络，参数取随机的初值。打印它，就看到模块套模块的结构。

# %% [markdown] tags=["en"]
# The class is the plan; `NeuralNetwork()` builds a network from it, with random numbers as its first parameters. Print it and you see the modules inside the modules.

# %%
torch.manual_seed(0)
model = NeuralNetwork().to(device)
print(model)

# %% [markdown] tags=["zh"]
# 喂给它一张 28×28 的图片，看看张量一路上的形状。每个方框是一层，蓝色的有参数。

# %% [markdown] tags=["en"]
# Feed it one picture of 28×28 pixels and follow the shape of the tensor on its way. Each box is a layer; the blue ones have parameters.

# %%
X = torch.rand(1, 28, 28).to(device)
plots.network(model, X)

# %% [markdown] tags=["zh"]
# ### 两个常见的疏忽
#
# 忘了 `super().__init__()`：`nn.Module` 还没准备好登记各层的地方，第一次给属性赋一个层就报错。

# %% [markdown] tags=["en"]
# ### Two common slips
#
# Without `super().__init__()`, `nn.Module` has not yet prepared the place where it registers layers, and the first layer that you assign to an attribute is an error.


# %%
class Forgetful(nn.Module):
    def __init__(self):
        self.layer = nn.Linear(2, 1)


try:
    Forgetful()
except AttributeError as error:
    print(error)

# %% [markdown] tags=["zh"]
# 把层放进普通的列表：不报错，可是 `nn.Module` 看不见列表里面。这些层的参数不会被训练，不会跟着 `.to(device)` 走，也不会被保存。层要直接赋给 `self` 的属性，或者放进 `nn.Sequential`、`nn.ModuleList` 这样的模块里。

# %% [markdown] tags=["en"]
# Layers in a plain list raise no error, but `nn.Module` does not look inside a list. Their parameters won't be trained, won't move with `.to(device)` and won't be saved. Assign layers to attributes of `self`, or put them into a module such as `nn.Sequential` or `nn.ModuleList`.


# %%
class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(2, 2), nn.Linear(2, 1)]


class Registered(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 1)])


print("in a list:        ", len(list(Listed().parameters())), "parameters")
print("in an nn.ModuleList:", len(list(Registered().parameters())), "parameters")

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.2a · 自己的分类器（4 分）
#
# 上面的网络只能处理 28×28 的图片。写类 `Classifier(height, width, hidden, classes)`，结构相同，大小由你定：展平 → 线性层，输出 `hidden` 个数 → ReLU → 线性层，仍是 `hidden` 个数 → ReLU → 线性层，输出 `classes` 个数。最后输出的是原始分数，后面不再接别的。线性层都用 `nn.Linear`，都带偏置。
#
# - 输入形状是 `(n, height, width)` 或 `(n, 1, height, width)`，输出是 `(n, classes)`；`n` 可以是 0（一张图片也没有）。
# - 属性叫什么名字随你。
#
# 例：`Classifier(2, 3, 5, 4)(torch.rand(7, 2, 3)).shape` 得到 `torch.Size([7, 4])`。
#
# <details><summary>提示 1</summary>一张图片展平以后有多少个数？这是第一个线性层的输入大小。</details>
# <details><summary>提示 2</summary>照着 <code>NeuralNetwork</code> 写，把 28、512、10 换成参数；同样的大小要在好几处换。</details>
# <details><summary>提示 3</summary>展平用 <code>nn.Flatten()</code> 最省心：批次为空、图片多一个大小为 1 的维度，它都能处理。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.2a · A classifier of your own (4 points)
#
# The network above takes pictures of 28×28 and no others. Write the class `Classifier(height, width, hidden, classes)`, built the same way but in any size: flatten → a linear layer giving `hidden` numbers → ReLU → a linear layer, again giving `hidden` numbers → ReLU → a linear layer giving `classes` numbers. These raw scores are the output; nothing comes after them. Use `nn.Linear` for the linear layers, each with its bias.
#
# - The input has shape `(n, height, width)` or `(n, 1, height, width)`, the output `(n, classes)`; `n` may be 0 (no picture at all).
# - Name the attributes as you like.
#
# Example: `Classifier(2, 3, 5, 4)(torch.rand(7, 2, 3)).shape` gives `torch.Size([7, 4])`.
#
# <details><summary>Hint 1</summary>How many numbers does one picture have once it is flat? That is the size of what the first linear layer takes.</details>
# <details><summary>Hint 2</summary>Follow <code>NeuralNetwork</code> and put the arguments where 28, 512 and 10 stand; some of them are needed in several places.</details>
# <details><summary>Hint 3</summary><code>nn.Flatten()</code> saves trouble: it can cope with an empty batch and with an extra dimension of size 1.</details>


# %% nbgrader={"grade": false, "grade_id": "Classifier", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Classifier(nn.Module):
    """Flatten, three linear layers, ReLU between them."""

    def __init__(self, height: int, width: int, hidden: int, classes: int) -> None:
        """Create the layers."""
        ### BEGIN SOLUTION
        super().__init__()
        self.stack = nn.Sequential(
            nn.Flatten(),
            nn.Linear(height * width, hidden),
            nn.ReLU(),
            nn.Linear(hidden, hidden),
            nn.ReLU(),
            nn.Linear(hidden, classes),
        )
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, height, width) or (n, 1, height, width) -> logits (n, classes)"""
        ### BEGIN SOLUTION
        return self.stack(x)
        ### END SOLUTION


# %% tags=["exercise"]
Classifier(2, 3, 5, 4)(torch.rand(7, 2, 3)).shape

# %% nbgrader={"grade": true, "grade_id": "Classifier-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("Classifier"):
    no_relu = checks.say(
        "线性层之间没有 ReLU：创建了，`forward` 里也要用上",
        "there is no ReLU between the linear layers: create it, and use it in `forward`",
    )
    one_relu = checks.say(
        "两个 ReLU 只有一个起作用：每个隐藏的线性层后面都要有",
        "only one ReLU does anything: one belongs after each of the two hidden linear layers",
    )
    relu_last = checks.say(
        "最后一层后面不要 ReLU：原始分数可以是负数",
        "no ReLU after the last layer: raw scores may be negative",
    )
    softmax = checks.say(
        "要的是原始分数（logits）：最后不要 softmax 或 sigmoid",
        "raw scores (logits) are wanted: no softmax or sigmoid at the end",
    )
    residual = checks.say(
        "输入要依次经过三个线性层，各一次，前两个后面各有一个 ReLU；是不是漏了一层、用了两次，或多做了什么？",
        "the input goes through the three linear layers, once each, with a ReLU after the first two: is a layer "
        "left out or used twice, or does something else happen?",
    )

    def compute(x, values, relus=(True, True)):
        w1, b1, w2, b2, w3, b3 = values
        rows = [image.reshape(-1) for image in x]
        if not rows:
            return torch.zeros(0, len(b3))
        h = torch.stack([w1 @ row + b1 for row in rows])
        h = torch.where(h > 0, h, 0) if relus[0] else h
        h = torch.stack([w2 @ row + b2 for row in h])
        h = torch.where(h > 0, h, 0) if relus[1] else h
        return torch.stack([w3 @ row + b3 for row in h])

    def check_classifier(height, width, hidden, classes, inputs):
        name = f"Classifier({height}, {width}, {hidden}, {classes})"
        model = Classifier(height, width, hidden, classes)
        checks.is_module(model, name=name)
        shapes = [
            (hidden, height * width),
            (hidden,),
            (hidden, hidden),
            (hidden,),
            (classes, hidden),
            (classes,),
        ]
        checks.parameter_shapes(model, shapes, name=name)
        # Whatever the order of the layers, a parameter is known by its shape; only the two hidden biases are alike.
        values, left = [], list(model.parameters())
        with torch.no_grad():
            for shape in shapes:
                place = next(i for i, p in enumerate(left) if tuple(p.shape) == shape)
                values.append(left.pop(place).copy_(torch.randn(shape)).detach().clone())
        swapped = [values[i] for i in (0, 3, 2, 1, 4, 5)]
        for shape in inputs:
            x = torch.randn(shape)
            with torch.no_grad():
                result = model(x)
                fits = isinstance(result, torch.Tensor) and result.shape == (len(x), classes)
                if fits and torch.allclose(result, compute(x, swapped), rtol=1e-4, atol=1e-5):
                    values, swapped = swapped, values
                right = compute(x, values)
                mistakes = []
                if not (fits and torch.allclose(result, right, rtol=1e-6, atol=1e-6)):
                    for order in (values, swapped):
                        out = compute(x, order)
                        mistakes += [
                            (compute(x, order, (False, False)), no_relu),
                            (compute(x, order, (True, False)), one_relu),
                            (compute(x, order, (False, True)), one_relu),
                            (out.clamp(min=0), relu_last),
                            (out.sigmoid(), softmax),
                        ]
                        for dim in (0, 1):
                            mistakes += [(out.softmax(dim), softmax), (out.log_softmax(dim), softmax)]
                checks.output(model, x, right, name=f"{name}(x)", mistakes=mistakes, hint=residual)
        checks.true(
            model(torch.randn(inputs[0])).requires_grad,
            checks.say(
                f"{name}：输出和参数的联系断了，不能训练：`forward` 里不要 `no_grad` 或 `detach`",
                f"{name}: its output is cut off from the parameters, so it can't be trained: no `no_grad` and no "
                "`detach` in `forward`",
            ),
        )
        checks.moves(model, torch.randn(inputs[0]), name=name)
        return model

    checks.true(
        isinstance(Classifier, type) and issubclass(Classifier, nn.Module),
        checks.say(
            "`Classifier` 应是 `nn.Module` 的子类", "`Classifier` should be a subclass of `nn.Module`"
        ),
    )
    check_classifier(2, 3, 5, 4, [(7, 2, 3), (1, 2, 3), (2, 1, 2, 3), (0, 2, 3)])
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_classifier(4, 4, 12, 3, [(6, 4, 4), (5, 1, 4, 4), (1, 1, 4, 4), (0, 1, 4, 4)])
        check_classifier(3, 1, 2, 7, [(20, 3, 1), (1, 3, 1)])
        check_classifier(1, 5, 8, 1, [(9, 1, 5), (3, 1, 1, 5)])
        tall = check_classifier(5, 2, 6, 11, [(4, 5, 2)])
        checks.true(
            len(tall.state_dict()) >= 6,
            checks.say(
                "`state_dict()` 里缺参数：都登记了吗？",
                "`state_dict()` lacks parameters: are all registered?",
            ),
        )

        def make():
            return Classifier(2, 3, 5, 4)

        checks.own_parameters(make, name="Classifier(2, 3, 5, 4)")
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 调用模型
#
# 把模型当函数来调用：`model(X)`。它会运行 `forward`，还做一些幕后工作，例如运行**钩子**（hook，登记在模块上、每次调用后执行的函数）。直接写 `model.forward(X)` 会跳过这些工作，所以不要这样写。

# %% [markdown] tags=["en"]
# ### Calling the model
#
# Call the model like a function: `model(X)`. This runs `forward` and some work behind the scenes, such as **hooks** (functions that you register on a module, to be run at every call). `model.forward(X)` skips that work, so don't write it.


# %%
def report(module, inputs, output):
    print("  hook: the output has shape", tuple(output.shape))


handle = model.register_forward_hook(report)
print("model(X)")
logits = model(X)
print("model.forward(X)")
logits = model.forward(X)
handle.remove()

# %% [markdown] tags=["zh"]
# 网络的输出叫做 **logits**：每个类别一个原始分数，可正可负，可大可小。输出是二维的：`dim=0` 是第几个样本，`dim=1` 是第几个类别¹。这里是 1 张图片、10 个类别：
#
# <small>¹ 原文说「dim=0 对应于每个类别的 10 个原始预测值，dim=1 对应于每个输出的单个值」，不对：形状是 `(1, 10)`，10 个类别排在 `dim=1` 上。</small>

# %% [markdown] tags=["en"]
# What the network gives are **logits**: one raw score for each class, of any size and sign. The output has two dimensions: `dim=0` says which sample, `dim=1` which class¹. Here it is 1 picture and 10 classes:
#
# <small>¹ The original document says that "dim=0 corresponds to the 10 raw predictions of each class and dim=1 to the single values of each output", which is wrong: the shape is `(1, 10)`, and the 10 classes lie along `dim=1`.</small>

# %%
logits = model(X)
print(logits.shape)

# %% [markdown] tags=["zh"]
# **softmax** 把一个样本的 logits 变成概率：都在 0 和 1 之间，加起来等于 1，分数越高概率越大。`dim` 说明沿哪个维度加起来是 1：每个样本的各个类别，所以是 `dim=1`。概率最大的类别就是预测，用 `argmax` 找到它的位置。

# %% [markdown] tags=["en"]
# **Softmax** turns the logits of one sample into probabilities: all between 0 and 1, adding up to 1, and the higher the score, the higher the probability. `dim` is the dimension along which they add up to 1: over the classes of each sample, so `dim=1`. The class with the highest probability is the prediction; `argmax` finds its position.

# %%
pred_probab = nn.Softmax(dim=1)(logits)
print(f"sum: {pred_probab.sum(dim=1).item():.3f}")
y_pred = pred_probab.argmax(1)
print(f"Predicted class: {y_pred.item()}")

# %% [markdown] tags=["zh"]
# softmax 对 logits 取指数再除以总和。指数长得飞快，`float32` 里 `exp(100)` 已经是 inf，而 inf/inf 是 nan；`nn.Softmax` 在里面先减去最大值，结果不变，也不会溢出。

# %% [markdown] tags=["en"]
# Softmax takes the exponential of each logit and divides by their sum. Exponentials grow fast: in `float32`, `exp(100)` is already inf, and inf/inf is nan. `nn.Softmax` subtracts the greatest logit first, which changes nothing in the result and keeps it from overflowing.

# %%
scores = torch.tensor([[99.0, 100.0, 98.0]])
print(scores.exp() / scores.exp().sum(dim=1))
print(nn.Softmax(dim=1)(scores))

# %% [markdown] tags=["zh"]
# 参数是要训练的，所以每次调用模型，autograd 都会记下计算图。只是预测的话用不着，在 `with torch.no_grad():` 里调用，省时间也省内存。

# %% [markdown] tags=["en"]
# Parameters are there to be trained, so at each call of the model autograd records the graph. You don't need it if all you want is a prediction: call the model inside `with torch.no_grad():` and save time and memory.

# %%
print(model(X).requires_grad)
with torch.no_grad():
    print(model(X).requires_grad)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.2b · 预测类别（3 分）
#
# 写函数 `predict(model, images)`：模型对形状 `(n, …)` 的一批图片给出形状 `(n, classes)` 的 logits；返回每张图片的预测类别，形状 `(n,)`，dtype `int64`。
#
# - 要当函数来调用模型（登记的钩子会运行），并且不记录计算图。
# - 模型的参数和训练/评估模式都保持原样（`train` 和 `eval` 以后再讲，这里不用管）。
#
# 例：`predict(nn.Identity(), torch.tensor([[0.1, 2.0, -3.0], [5.0, 1.0, 4.0]]))` 得到 `tensor([1, 0])`（`nn.Identity` 原样返回输入）。
#
# <details><summary>提示 1</summary>softmax 会不会改变谁最大？</details>
# <details><summary>提示 2</summary>类别在哪个维度上？<code>argmax</code> 不写维度会怎样？</details>
# <details><summary>提示 3</summary>在 <code>with torch.no_grad():</code> 里调用模型。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.2b · Predicting classes (3 points)
#
# Write `predict(model, images)`: for a batch of pictures of shape `(n, …)` the model gives logits of shape `(n, classes)`; return the predicted class of each picture, shape `(n,)`, dtype `int64`.
#
# - Call the model as a function (registered hooks run), and record no graph.
# - Leave the model's parameters and its training/evaluation mode as they are (`train` and `eval` come later; you need not think of them here).
#
# Example: `predict(nn.Identity(), torch.tensor([[0.1, 2.0, -3.0], [5.0, 1.0, 4.0]]))` gives `tensor([1, 0])` (`nn.Identity` returns its input as it is).
#
# <details><summary>Hint 1</summary>Does softmax change which one is the greatest?</details>
# <details><summary>Hint 2</summary>Which dimension holds the classes, and what does <code>argmax</code> do if you name none?</details>
# <details><summary>Hint 3</summary>Call the model inside <code>with torch.no_grad():</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "predict", "locked": false, "schema_version": 3, "solution": true, "task": false}
def predict(model: nn.Module, images: torch.Tensor) -> torch.Tensor:
    """images (n, ...), model(images) (n, classes) -> classes (n,) int64"""
    ### BEGIN SOLUTION
    with torch.no_grad():
        logits = model(images)
    return logits.argmax(dim=1)
    ### END SOLUTION


# %% tags=["exercise"]
predict(nn.Identity(), torch.tensor([[0.1, 2.0, -3.0], [5.0, 1.0, 4.0]]))

# %% nbgrader={"grade": true, "grade_id": "predict-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("predict"):
    whole = checks.say(
        "这是整批里的一个位置：`argmax` 要沿类别的维度取",
        "that is one position in the whole batch: take `argmax` along the dimension of the classes",
    )
    samples = checks.say(
        "`dim=0` 是样本，类别在 `dim=1`", "`dim=0` holds the samples, the classes lie along `dim=1`"
    )
    value = checks.say(
        "这是最大的分数或概率，题目要的是它的位置",
        "those are the greatest scores; their positions are wanted",
    )
    least = checks.say("这是分数最低的类别", "that is the class with the lowest score")
    raw = checks.say("还要从每行里选出一个类别", "now choose one class from each row")
    rounded = checks.say(
        "每行取最大值的位置，不要自己数或取整", "take the position of the greatest in each row; don't round"
    )
    mistakes = [
        (lambda model, x: model(x).argmax(), whole),
        (lambda model, x: model(x).argmax(0), samples),
        (lambda model, x: model(x).softmax(0).argmax(1), samples),
        (lambda model, x: model(x).max(1).values.detach(), value),
        (
            lambda model, x: tuple(model(x).detach().max(1)),
            checks.say(
                "`max(dim)` 给出两样东西，最大值和它们的位置：这里要 `.indices`",
                "`max(dim)` gives two things, the greatest values and their positions: `.indices` is wanted",
            ),
        ),
        (lambda model, x: model(x).softmax(1).max(1).values.detach(), value),
        (lambda model, x: model(x).argmin(1), least),
        (lambda model, x: model(x).detach(), raw),
        (lambda model, x: model(x).detach().softmax(1), raw),
        (lambda model, x: model(x).argmax(1).float(), rounded),
    ]
    example = torch.tensor([[0.1, 2.0, -3.0], [5.0, 1.0, 4.0]])
    checks.returns(predict, nn.Identity(), example, expected=torch.tensor([1, 0]), mistakes=mistakes)

    def check_calls(model, images):
        seen = []
        hook = model.register_forward_hook(lambda *_: seen.append(torch.is_grad_enabled()))
        try:
            predict(model, images)
        finally:
            hook.remove()
        checks.true(
            len(seen) > 0,
            checks.say(
                "predict：模型上的钩子没有运行。写 `model(images)`，不要写 `model.forward(images)`",
                "predict: the model's hook did not run. Write `model(images)`, not `model.forward(images)`",
            ),
        )
        checks.true(
            not any(seen),
            checks.say(
                "predict：调用模型时还在记录计算图，放进 `with torch.no_grad():`",
                "predict: the graph was recorded while the model ran; call it inside `with torch.no_grad():`",
            ),
        )
        checks.true(
            torch.is_grad_enabled(),
            checks.say(
                "predict：autograd 被永久关掉了：用 `with torch.no_grad():`，出来就恢复",
                "predict: autograd is now switched off for good: `with torch.no_grad():` ends with its block",
            ),
        )

    try:
        check_calls(nn.Sequential(nn.Flatten(), nn.Linear(6, 4)), torch.rand(5, 2, 3))
    finally:
        torch.set_grad_enabled(True)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def picture_by_picture(model, images):
            best = []
            for i in range(len(images)):
                scores = model(images[i : i + 1])[0].tolist()
                best.append(scores.index(max(scores)))
            return torch.tensor(best, dtype=torch.int64)

        flat = nn.Sequential(nn.Flatten(), nn.Linear(6, 4))
        deep = nn.Sequential(nn.Flatten(), nn.Linear(9, 7), nn.Tanh(), nn.Linear(7, 12)).eval()
        two = nn.Linear(3, 2).double()
        cases = [
            (flat, torch.randn(5, 2, 3)),
            (flat, torch.randn(1, 6)),
            (deep, torch.randn(30, 1, 3, 3)),
            (two, torch.randn(8, 3).double()),
            (nn.Linear(3, 1), torch.randn(4, 3)),
            (nn.Sequential(nn.Conv2d(1, 2, 2), nn.Flatten(), nn.Linear(8, 3)), torch.randn(5, 1, 3, 3)),
            # Far below zero, softmax in steps of one's own would be nan or all alike.
            (nn.Identity(), torch.randn(6, 5) * 1000),
        ]
        checks.agrees(predict, picture_by_picture, cases, mistakes=mistakes)
        try:
            check_calls(deep, torch.rand(2, 3, 3))
        finally:
            torch.set_grad_enabled(True)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.2c · 从分数到概率（2 分）
#
# 写函数 `probabilities(logits)`：把 logits 变成概率，形状和 dtype 不变。`logits` 的形状是 `(n, classes)`，或者只有一个样本时是 `(classes,)`；两种情况下，每个样本的概率加起来都是 1。分数很大（例如 1000）也要算对。
#
# 例：`probabilities(torch.tensor([[0., 0.], [1000., 0.]]))` 得到 `tensor([[0.5000, 0.5000], [1.0000, 0.0000]])`，`probabilities(torch.zeros(4))` 得到 `tensor([0.2500, 0.2500, 0.2500, 0.2500])`。
#
# <details><summary>提示 1</summary>两种形状里，类别都在哪个位置的维度上？</details>
# <details><summary>提示 2</summary>维度可以从后往前数：最后一个是 -1。</details>
# <details><summary>提示 3</summary>自己取指数会溢出；<code>nn.Softmax</code> 和张量的 <code>softmax</code> 方法都不会。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.2c · From scores to probabilities (2 points)
#
# Write `probabilities(logits)`: turn logits into probabilities of the same shape and dtype. `logits` has the shape `(n, classes)` or, for a single sample, `(classes,)`; either way the probabilities of each sample add up to 1. Large scores (1000, say) must work too.
#
# Example: `probabilities(torch.tensor([[0., 0.], [1000., 0.]]))` gives `tensor([[0.5000, 0.5000], [1.0000, 0.0000]])`, and `probabilities(torch.zeros(4))` gives `tensor([0.2500, 0.2500, 0.2500, 0.2500])`.
#
# <details><summary>Hint 1</summary>Where among the dimensions are the classes, in both shapes?</details>
# <details><summary>Hint 2</summary>Dimensions can be counted from the end: the last one is -1.</details>
# <details><summary>Hint 3</summary>Exponentials of your own overflow; <code>nn.Softmax</code> and a tensor's method <code>softmax</code> don't.</details>


# %% nbgrader={"grade": false, "grade_id": "probabilities", "locked": false, "schema_version": 3, "solution": true, "task": false}
def probabilities(logits: torch.Tensor) -> torch.Tensor:
    """logits (n, classes) or (classes,) -> probabilities of the same shape"""
    ### BEGIN SOLUTION
    return nn.Softmax(dim=-1)(logits)
    ### END SOLUTION


# %% tags=["exercise"]
probabilities(torch.tensor([[0.0, 0.0], [1000.0, 0.0]]))

# %% nbgrader={"grade": true, "grade_id": "probabilities-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("probabilities"):
    overflow = checks.say(
        "指数溢出了：先减去每个样本的最大值，或用 `nn.Softmax`",
        "the exponentials overflow: subtract each sample's greatest score first, or use `nn.Softmax`",
    )
    mistakes = [
        (
            lambda x: x.softmax(0),
            checks.say(
                "`dim=0` 是样本：加起来是 1 的应是每个样本的各个类别",
                "`dim=0` holds the samples: the classes of each sample should add up to 1",
            ),
        ),
        (
            lambda x: x.flatten().softmax(0).reshape(x.shape),
            checks.say(
                "所有样本的概率加在一起才是 1：每个样本要各自为 1",
                "all samples together add up to 1: each sample should do so by itself",
            ),
        ),
        (
            lambda x: x.sigmoid(),
            checks.say(
                "这是 sigmoid：各类别加起来不等于 1", "that is sigmoid: its classes don't add up to 1"
            ),
        ),
        (
            lambda x: x.log_softmax(-1),
            checks.say("这是概率的对数", "those are the logarithms of the probabilities"),
        ),
        (
            lambda x: x.exp(),
            checks.say(
                "取了指数，还要除以每个样本的总和", "after the exponential, divide by each sample's sum"
            ),
        ),
        (
            lambda x: (x - x.max()).exp() / (x - x.max()).exp().sum(-1, keepdim=True),
            checks.say(
                "减去的是所有数的最大值：离它远的样本，指数全成了 0。每个样本减去自己的最大值，或用 `nn.Softmax`",
                "you subtracted the maximum of all numbers: in a sample far below it every exponential is 0. Subtract "
                "each sample's own maximum, or use `nn.Softmax`",
            ),
        ),
        (
            lambda x: x / x.sum(-1, keepdim=True),
            checks.say(
                "直接除以总和，负的分数会成为负的「概率」：先取指数",
                "divided by their sum, negative scores give negative “probabilities”: take exponentials first",
            ),
        ),
        (lambda x: x.exp() / x.exp().sum(-1, keepdim=True), overflow),
        (lambda x: x.exp() / x.exp().sum(), overflow),
        (
            lambda x: x.argmax(-1),
            checks.say("这是预测的类别，题目要概率", "that is the class; probabilities are wanted"),
        ),
    ]
    x = torch.tensor([[0.0, 1.0, 2.0], [1.0, -1.0, 3.0]])
    checks.true(
        not isinstance(probabilities(x), torch.nn.Module),
        checks.say(
            "probabilities：返回的是层，不是张量：还要把 `logits` 交给它",
            "probabilities: that is the layer and not a tensor: now give it `logits`",
        ),
    )
    right = torch.tensor([[0.0900306, 0.2447285, 0.6652410], [0.1173104, 0.0158762, 0.8668133]])
    checks.returns(probabilities, x, expected=right, mistakes=mistakes)
    checks.returns(
        probabilities,
        torch.tensor([[0.0, 0.0], [1000.0, 0.0]]),
        expected=torch.tensor([[0.5, 0.5], [1.0, 0.0]]),
        mistakes=mistakes,
    )
    single = checks.say(
        "单个样本只有一个维度，没有 `dim=1`：类别总在最后一维",
        "a single sample has one dimension and no `dim=1`: the classes are always the last one",
    )
    try:
        one = probabilities(torch.zeros(4))
    except IndexError:
        raise checks.CheckFailed(f"`probabilities(tensor(4,))`{checks.say('：', ': ')}{single}") from None
    checks.equal(one, torch.full((4,), 0.25), name="`probabilities(tensor(4,))`")
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        from math import exp

        def number_by_number(logits):
            rows = logits.tolist() if logits.ndim == 2 else [logits.tolist()]
            result = []
            for row in rows:
                powers = [exp(score - max(row)) for score in row]
                result.append([power / sum(powers) for power in powers])
            return torch.tensor(result, dtype=logits.dtype).reshape(logits.shape)

        cases = [
            torch.randn(5, 10),
            torch.randn(1, 4),
            torch.randn(7),
            torch.randn(6, 1),
            torch.randn(3, 3).double() * 50,
            torch.randn(4, 6) * 1000,
            torch.tensor([-200.0, -201.0, -200.0]),
        ]
        checks.agrees(probabilities, number_by_number, cases, mistakes=mistakes)
        checks.follows_device(probabilities, torch.randn(2, 3))
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 一件真正的衣物
#
# 取训练集的第一张图片，交给这个还没训练过的网络。图片的形状是 `(1, 28, 28)`；网络要的是一批图片，`unsqueeze(0)` 在前面加上样本的维度。图片也要搬到模型所在的设备上。

# %% [markdown] tags=["en"]
# ### A real garment
#
# Take the first picture of the training data and give it to the network, which has not been trained yet. The picture has the shape `(1, 28, 28)`; the network wants a batch, and `unsqueeze(0)` puts the dimension of the samples in front. The picture has to move to the model's device too.

# %% tags=["nbval-ignore-output"]
root = data_root()
training_data = datasets.FashionMNIST(root=root, train=True, download=True, transform=transforms.ToTensor())
image, label = training_data[0]
print(image.shape, training_data.classes[label])

# %%
with torch.no_grad():
    logits = model(image.unsqueeze(0).to(device))
pred_probab = nn.Softmax(dim=1)(logits)
print(pred_probab.shape)

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3), width_ratios=[1, 2.6], layout="constrained")
left.imshow(image.squeeze().numpy(), cmap="gray")
left.set_title(training_data.classes[label])
left.axis("off")
right.bar(training_data.classes, pred_probab[0].tolist())
right.axhline(0.1, color="black", linestyle="--")
right.set_ylim(0, 0.3)
right.set_ylabel("probability")
right.tick_params(axis="x", rotation=60)
plt.show()

# %% [markdown] tags=["zh"]
# 每个类别的概率都在 0.1 上下（虚线）：参数还是随机的，网络什么也没学会，只能瞎猜。怎样让正确类别的那一根长高，就是训练要做的事。

# %% [markdown] tags=["en"]
# Every class gets a probability near 0.1, the dashed line: the parameters are still random numbers, the network has learned nothing, and all it can do is guess. Making the bar of the right class grow is what training is for.

# %% [markdown] tags=["zh"]
# ## 4.3 模型层
#
# 现在把网络拆开，一层一层地看。取一个小批量（mini-batch）：3 张 28×28 的图片，跟着它走过每一层。

# %% [markdown] tags=["en"]
# ## 4.3 The layers of the model
#
# Now take the network apart and look at it layer by layer. Take a mini-batch of 3 pictures of 28×28 pixels and follow it through.

# %%
torch.manual_seed(0)
input_image = torch.rand(3, 28, 28)
print(input_image.size())

# %% [markdown] tags=["zh"]
# ### 4.3.1 nn.Flatten
#
# 线性层要的是一行数，不是一张表。`nn.Flatten` 把每张 28×28 的图片按行首尾相接，排成 784 个像素值的一行；第一维（`dim=0`，样本）保持不变。

# %% [markdown] tags=["en"]
# ### 4.3.1 nn.Flatten
#
# A linear layer wants a row of numbers, not a table. `nn.Flatten` puts the rows of each 28×28 picture end to end, which makes one row of 784 pixel values; the first dimension (`dim=0`, the samples) stays as it is.

# %%
flatten = nn.Flatten()
flat_image = flatten(input_image)
print(flat_image.size())

# %%
plots.layer_shapes(flatten, input_image)

# %% [markdown] tags=["zh"]
# 每种颜色是一张图片：展平以后各自成为一行，没有混在一起。`nn.Flatten` 没有参数，也不改变任何数。它从哪一维开始展平、到哪一维为止，打印出来就看得到，创建的时候可以改。

# %% [markdown] tags=["en"]
# Each colour is one picture: after flattening it is a row of its own, and nothing got mixed up. `nn.Flatten` has no parameters and changes no number. Print it to see at which dimension it starts to flatten and where it ends; you can choose both when you create it.

# %%
print(flatten)
print(torch.equal(flat_image[2], input_image[2].flatten()))
print(nn.Flatten(start_dim=0, end_dim=1)(input_image).shape)

# %% [markdown] tags=["zh"]
# 用 `reshape(n, -1)` 也能展平，不过批次为空时它推不出 -1 是几（0 乘任何数都是 0），`nn.Flatten` 却没有问题。

# %% [markdown] tags=["en"]
# `reshape(n, -1)` flattens too. But for an empty batch it cannot work out what -1 stands for (0 times anything is 0), while `nn.Flatten` can.

# %%
empty = torch.rand(0, 28, 28)
print(nn.Flatten()(empty).shape)
try:
    empty.reshape(0, -1)
except RuntimeError as error:
    print(error)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.3.1 · 留下前几维（2 分）
#
# 写函数 `flatten_after(x, keep)`：保留 `x` 的前 `keep` 个维度，把后面的全部展平成一维，用什么方法都行。`0 <= keep < x.ndim`。`keep` 为 0 时结果只有一维。批次可能是空的（大小为 0）。
#
# 例：`flatten_after(torch.rand(2, 3, 4, 5), 2).shape` 得到 `torch.Size([2, 3, 20])`，`keep` 为 0 时得到 `torch.Size([120])`。
#
# <details><summary>提示 1</summary>保留前 <code>keep</code> 维，就是从第几维开始展平？维度从 0 数起。</details>
# <details><summary>提示 2</summary><code>nn.Flatten</code> 有参数 <code>start_dim</code>；创建了层，还要用它。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.3.1 · Keep the first dimensions (2 points)
#
# Write `flatten_after(x, keep)`: keep the first `keep` dimensions of `x` and flatten all those after them into one, by any means you like. `0 <= keep < x.ndim`. With `keep` 0 the result has one dimension. The batch may be empty (of size 0).
#
# Example: `flatten_after(torch.rand(2, 3, 4, 5), 2).shape` gives `torch.Size([2, 3, 20])`, and with `keep` 0 it is `torch.Size([120])`.
#
# <details><summary>Hint 1</summary>If the first <code>keep</code> dimensions stay, at which one does flattening start? Dimensions count from 0.</details>
# <details><summary>Hint 2</summary><code>nn.Flatten</code> has a parameter <code>start_dim</code>; and once there is a layer, it has to be used.</details>


# %% nbgrader={"grade": false, "grade_id": "flatten_after", "locked": false, "schema_version": 3, "solution": true, "task": false}
def flatten_after(x: torch.Tensor, keep: int) -> torch.Tensor:
    """x (a, b, c, ...) -> (the first `keep` sizes, all others multiplied)"""
    ### BEGIN SOLUTION
    flatten = nn.Flatten(start_dim=keep)
    return flatten(x)
    ### END SOLUTION


# %% tags=["exercise"]
flatten_after(torch.rand(2, 3, 4, 5), 2).shape

# %% nbgrader={"grade": true, "grade_id": "flatten_after-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("flatten_after"):
    fixed = checks.say("总是保留一维：要看 `keep`", "always keeps one dimension: it should depend on `keep`")
    early = checks.say(
        "多展平了一维：维度从 0 数起", "one dimension too many is flattened: they count from 0"
    )
    late = checks.say("少展平了一维：维度从 0 数起", "one dimension too few is flattened: they count from 0")
    front = checks.say(
        "展平的是前面的维度；它们要保留，后面的才展平",
        "you flattened the first dimensions; keep these and flatten the ones after",
    )
    everything = checks.say(
        "全部展平了：前 `keep` 维要保留", "everything is flat: keep the first `keep` dimensions"
    )
    mistakes = [
        (lambda x, keep: x.flatten(1), fixed),
        (lambda x, keep: x.flatten(), everything),
        (lambda x, keep: x.flatten(keep - 1), early),
        (lambda x, keep: x.flatten(keep + 1), late),
        (lambda x, keep: x.flatten(0, keep), front),
        (lambda x, keep: x.flatten(0, keep - 1), front),
        (lambda x, keep: x.flatten(1, keep), front),
        (lambda x, keep: x, late),
    ]
    numbers = torch.arange(24)
    x = numbers.reshape(1, 2, 3, 2, 2)

    def check_flatten_after(x, keep, expected):
        result = flatten_after(x, keep)
        checks.true(
            not isinstance(result, nn.Module),
            checks.say(
                "flatten_after：返回的是层，不是张量：还要把 `x` 交给它",
                "flatten_after: that is the layer and not a tensor: now give it `x`",
            ),
        )
        checks.returns(flatten_after, x, keep, expected=expected, mistakes=mistakes)

    check_flatten_after(x, 3, numbers.reshape(1, 2, 3, 4))
    check_flatten_after(x, 2, numbers.reshape(1, 2, 12))
    check_flatten_after(x, 1, numbers.reshape(1, 24))
    check_flatten_after(x, 0, numbers)
    check_flatten_after(torch.zeros(0, 3, 4), 1, torch.zeros(0, 12))
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def size_by_size(x, keep):
            sizes, product = [], 1
            for position, size in enumerate(x.shape):
                if position < keep:
                    sizes.append(size)
                else:
                    product = product * size
            return x.reshape([*sizes, product])

        cases = [
            (torch.randn(2, 3, 4, 5), 3),
            (torch.randn(2, 3, 4, 5), 2),
            (torch.randn(5), 0),
            (torch.randn(3, 4), 1),
            (torch.randn(3, 4).T, 0),
            (torch.randn(2, 3, 4).transpose(0, 2), 1),
            (torch.randn(1, 1, 6, 2), 2),
            (torch.arange(12).reshape(3, 2, 2), 1),
            (torch.zeros(2, 0, 3, dtype=torch.float64), 2),
            (torch.zeros(0, 2, 3, 4), 2),
        ]
        checks.agrees(flatten_after, size_by_size, cases, mistakes=mistakes)
        checks.follows_device(flatten_after, torch.randn(2, 3, 4), 1)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 4.3.2 nn.Linear
#
# **线性层**（linear layer）存着一个权重矩阵 `weight` 和一个偏置 `bias`，用它们变换输入：y = x @ weight.T + bias。`in_features` 是每个样本进来多少个数，`out_features` 是出去多少个数。

# %% [markdown] tags=["en"]
# ### 4.3.2 nn.Linear
#
# A **linear layer** keeps a matrix of weights, `weight`, and a `bias`, and transforms its input with them: y = x @ weight.T + bias. `in_features` says how many numbers of each sample come in, `out_features` how many go out.

# %%
layer1 = nn.Linear(in_features=28 * 28, out_features=20)
hidden1 = layer1(flat_image)
print(hidden1.size())

# %%
print("weight:", tuple(layer1.weight.shape))
print("bias:  ", tuple(layer1.bias.shape))
plots.layer_shapes(layer1, flat_image)

# %% [markdown] tags=["zh"]
# `weight` 的形状是 `(out_features, in_features)`：每个输出占一行，所以公式里要转置。图里一样大的维度画得一样长：784 对 784 相乘以后消失，剩下 3 个样本、每个 20 个数。

# %% [markdown] tags=["en"]
# `weight` has the shape `(out_features, in_features)`: a row for each output, which is why the formula transposes it. Equal sizes are drawn equally long: 784 meets 784 and vanishes in the product, and 3 samples of 20 numbers each are left.

# %%
print(torch.allclose(hidden1, flat_image @ layer1.weight.T + layer1.bias, atol=1e-5))

# %% [markdown] tags=["zh"]
# 用小一点的数手算一遍。层的参数是 `nn.Parameter`：一种需要梯度、会被模块登记的张量。要就地改它的值，得放进 `torch.no_grad()`，因为这一步不该被记进计算图。

# %% [markdown] tags=["en"]
# Now with numbers small enough to check by hand. A layer's parameters are of type `nn.Parameter`, a tensor that requires gradients and that modules register. Change its values in place under `torch.no_grad()`, since this step does not belong in the graph.

# %%
small = nn.Linear(3, 2)
with torch.no_grad():
    small.weight.zero_()
    small.weight[0, 0] = 2
    small.weight[0, 1] = 1
    small.weight[1, 2] = 3
    small.bias.zero_()
    small.bias[1] = 10
x = torch.tensor([[1.0, 2.0, 3.0]])
print(small(x).tolist())

# %%
plots.tensor_grid(x, small.weight, small.bias, small(x), titles=["x", "weight", "bias", "small(x)"])

# %% [markdown] tags=["zh"]
# 第一个输出是 1×2 + 2×1 + 3×0 + 0 = 4，第二个是 1×0 + 2×0 + 3×3 + 10 = 19。
#
# 线性层只看**最后一维**，前面有几维都行，原样保留：

# %% [markdown] tags=["en"]
# The first output is 1×2 + 2×1 + 3×0 + 0 = 4, the second 1×0 + 2×0 + 3×3 + 10 = 19.
#
# A linear layer looks at the **last dimension** only; there may be any number of dimensions before it, and they stay as they are:

# %%
for shape in [(3,), (5, 3), (4, 5, 3)]:
    print(shape, "->", tuple(small(torch.rand(shape)).shape))

# %% [markdown] tags=["zh"]
# 也可以把整个参数换掉，换上去的必须是 `nn.Parameter`。它不复制：`nn.Parameter(t)` 和 `t` 共用内存，改一个，另一个也变。

# %% [markdown] tags=["en"]
# You can also replace a parameter as a whole, by another `nn.Parameter`. This copies nothing: `nn.Parameter(t)` and `t` share their memory, and changing one changes the other.

# %%
t = torch.tensor([1.0, 2.0])
small.bias = nn.Parameter(t)
t[0] = 100
print(small.bias.tolist(), small.bias.requires_grad)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.3.2a · 权重已知的线性层（3 分）
#
# 写函数 `make_linear(weight, bias)`：`weight` 形状 `(k, d)`，`bias` 形状 `(k,)`，dtype 相同；返回一个 `nn.Linear`，它计算 `x @ weight.T + bias`。
#
# - 参数的 dtype 和 `weight` 的相同，需要梯度（能训练）。
# - 参数有自己的内存：以后再改 `weight` 或 `bias`，层不变。
# - `weight` 和 `bias` 自己可能需要梯度；层的参数不要和它们的计算图相连。
#
# 例：`make_linear(torch.tensor([[1., 2.]]), torch.tensor([3.]))(torch.tensor([[10., 1.]]))` 得到 `tensor([[15.]], grad_fn=<AddmmBackward0>)`。
#
# <details><summary>提示 1</summary>先创建一个大小合适的 <code>nn.Linear</code>。哪个大小是输入，哪个是输出？</details>
# <details><summary>提示 2</summary><code>nn.Linear</code> 也有参数 <code>dtype</code>。</details>
# <details><summary>提示 3</summary>在 <code>torch.no_grad()</code> 里，张量的方法 <code>copy_</code> 把另一个张量的值抄进来。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.3.2a · A linear layer with given weights (3 points)
#
# Write `make_linear(weight, bias)`: `weight` has shape `(k, d)`, `bias` `(k,)`, both of the same dtype; return an `nn.Linear` that computes `x @ weight.T + bias`.
#
# - Its parameters have the dtype of `weight` and require gradients (they can be trained).
# - They have memory of their own: when `weight` or `bias` changes later, the layer does not.
# - `weight` and `bias` may require gradients themselves; the layer's parameters are not part of their graph.
#
# Example: `make_linear(torch.tensor([[1., 2.]]), torch.tensor([3.]))(torch.tensor([[10., 1.]]))` gives `tensor([[15.]], grad_fn=<AddmmBackward0>)`.
#
# <details><summary>Hint 1</summary>Create an <code>nn.Linear</code> of the right size first. Which of the sizes goes in, which comes out?</details>
# <details><summary>Hint 2</summary><code>nn.Linear</code> has a parameter <code>dtype</code> too.</details>
# <details><summary>Hint 3</summary>Under <code>torch.no_grad()</code>, a tensor's method <code>copy_</code> takes over the values of another tensor.</details>


# %% nbgrader={"grade": false, "grade_id": "make_linear", "locked": false, "schema_version": 3, "solution": true, "task": false}
def make_linear(weight: torch.Tensor, bias: torch.Tensor) -> nn.Linear:
    """weight (k, d), bias (k,) -> a layer from (..., d) to (..., k)"""
    ### BEGIN SOLUTION
    layer = nn.Linear(weight.shape[1], weight.shape[0], dtype=weight.dtype)
    with torch.no_grad():
        layer.weight.copy_(weight)
        layer.bias.copy_(bias)
    return layer
    ### END SOLUTION


# %% tags=["exercise"]
make_linear(torch.tensor([[1.0, 2.0]]), torch.tensor([3.0]))(torch.tensor([[10.0, 1.0]]))

# %% nbgrader={"grade": true, "grade_id": "make_linear-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("make_linear"):
    own = checks.say(
        "`nn.Parameter(t)` 和赋给 `.data` 都不复制：先 `clone()`，或用 `copy_` 把值抄进来",
        "`nn.Parameter(t)` copies nothing, nor does assigning to `.data`: `clone()` first, or take over the values "
        "with `copy_`",
    )
    frozen = checks.say(
        "参数应当需要梯度（`requires_grad`），否则不能训练",
        "the parameters should require gradients (`requires_grad`), or they can't be trained",
    )
    linked = checks.say(
        "参数要是叶子：和 `weight`、`bias` 的计算图断开（`detach()` 或 `no_grad`）",
        "the parameters should be leaves, with no ties to the graph of `weight` and `bias` (`detach()` or `no_grad`)",
    )
    start = checks.say(
        "还是随机的初值：要把给定的值放进去", "those are still the random first values: put the given ones in"
    )
    zero = checks.say("偏置还没有放进去", "the bias has not been put in yet")
    dtype_hint = checks.say(
        "新建的层总是 float32，除非写明 `dtype=`",
        "a new layer is always float32 unless you name the `dtype=`",
    )

    def check_layer(weight, bias):
        before = weight.detach().clone(), bias.detach().clone()
        wanted = weight.requires_grad, bias.requires_grad
        layer = make_linear(weight, bias)
        name = "make_linear(…)"
        checks.is_module(layer, nn.Linear, name=name)
        checks.true(
            layer.bias is not None,
            f"{name}{checks.say('：', ': ')}{zero}",
        )
        checks.parameter_shapes(layer, [weight.shape, bias.shape], name=name)
        checks.equal(
            (layer.in_features, layer.out_features),
            (weight.shape[1], weight.shape[0]),
            name=f"{name} (in_features, out_features)",
            hint=checks.say("`weight` 的形状是 (输出, 输入)", "the shape of `weight` is (out, in)"),
        )
        for key, given, right in (("weight", weight, before[0]), ("bias", bias, before[1])):
            found = getattr(layer, key)
            checks.dtype(found, right.dtype, name=f"{name}.{key}", hint=dtype_hint)
            checks.equal(found.detach(), right, name=f"{name}.{key}", hint=start if key == "weight" else zero)
            checks.true(found.requires_grad, f"{name}.{key}{checks.say('：', ': ')}{frozen}")
            checks.true(found.is_leaf, f"{name}.{key}{checks.say('：', ': ')}{linked}")
            checks.own_memory(found, given, name=f"{name}.{key}", hint=own)
        checks.equal(
            (weight.detach(), bias.detach(), weight.requires_grad, bias.requires_grad),
            (*before, *wanted),
            name=checks.say("传进来的 weight 和 bias", "the given weight and bias"),
            hint=checks.say("要保持原样", "leave them as they were"),
        )
        x = torch.randn(4, weight.shape[1], dtype=weight.dtype)
        with torch.no_grad():
            checks.output(layer, x, x @ before[0].T + before[1], name=f"{name}(x)")

    check_layer(torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), torch.tensor([10.0, 20.0]))
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_layer(torch.randn(1, 4), torch.randn(1))
        check_layer(torch.randn(3, 3), torch.randn(3))
        check_layer(torch.randn(5, 2, dtype=torch.float64), torch.randn(5, dtype=torch.float64))
        check_layer(torch.randn(2, 6).T, torch.randn(6))
        check_layer(torch.randn(2, 3, requires_grad=True), torch.randn(2, requires_grad=True))
        check_layer((torch.randn(2, 3, requires_grad=True) * 2), torch.randn(2))
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.3.2b · 两层合成一层（3 分）
#
# 两个线性层直接相连，中间没有激活函数，会怎样？写函数 `merge(first, second)`：两个 `nn.Linear`，`first.out_features == second.in_features`，都有偏置；返回**一个** `nn.Linear`，对任何输入 `x` 都和 `second(first(x))` 的输出相同。
#
# 新层的参数有自己的内存、需要梯度、dtype 和原来的相同，两个旧层保持原样。可以假定两层的 dtype 相同。
#
# 例：`first` 计算 2x + 1，`second` 计算 3x + 4，合起来是 3(2x + 1) + 4 = 6x + 7。
#
# <details><summary>提示 1</summary>在例子里，6 和 7 是怎么来的？把数换成矩阵，乘的先后就要紧了。</details>
# <details><summary>提示 2</summary>第二层的权重既乘在第一层的权重上，也乘在第一层的偏置上。先在纸上写出每个张量的形状。</details>
# <details><summary>提示 3</summary>新层从 <code>first.in_features</code> 到 <code>second.out_features</code>；把算好的权重和偏置放进去，和上一题一样。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.3.2b · Two layers make one (3 points)
#
# What do you get from two linear layers in a row, with no activation between them? Write `merge(first, second)` for two `nn.Linear` with `first.out_features == second.in_features`, both with a bias: return **one** `nn.Linear` that gives the same as `second(first(x))` for every input `x`.
#
# The parameters of the new layer have memory of their own, require gradients and have the dtype of the old ones; the two old layers stay as they are. Both have the same dtype.
#
# Example: if `first` computes 2x + 1 and `second` 3x + 4, together they are 3(2x + 1) + 4 = 6x + 7.
#
# <details><summary>Hint 1</summary>Where do 6 and 7 in the example come from? With matrices for numbers, the order of the factors matters.</details>
# <details><summary>Hint 2</summary>The second layer's weight multiplies both the first layer's weight and its bias. Write down the shape of each tensor first.</details>
# <details><summary>Hint 3</summary>The new layer goes from <code>first.in_features</code> to <code>second.out_features</code>; put weight and bias in as in the exercise before.</details>


# %% nbgrader={"grade": false, "grade_id": "merge", "locked": false, "schema_version": 3, "solution": true, "task": false}
def merge(first: nn.Linear, second: nn.Linear) -> nn.Linear:
    """first (d -> h), second (h -> k) -> one layer (d -> k)"""
    ### BEGIN SOLUTION
    layer = nn.Linear(first.in_features, second.out_features, dtype=first.weight.dtype)
    with torch.no_grad():
        layer.weight.copy_(second.weight @ first.weight)
        layer.bias.copy_(second.weight @ first.bias + second.bias)
    return layer
    ### END SOLUTION


# %% tags=["exercise"]
merge(nn.Linear(4, 3), nn.Linear(3, 2))

# %% nbgrader={"grade": true, "grade_id": "merge-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("merge"):
    lost = checks.say(
        "第一层的偏置丢了：它也要经过第二层",
        "the first layer's bias is lost: it goes through the second layer too",
    )
    direct = checks.say(
        "第一层的偏置不能直接加：它要先经过第二层的权重",
        "the first layer's bias can't just be added: it goes through the second layer's weight first",
    )
    second_lost = checks.say("第二层的偏置丢了", "the second layer's bias is lost")
    reversed_order = checks.say(
        "权重乘反了：`x` 先经过第一层，第二层的权重在左边",
        "the weights are multiplied in the wrong order: `x` meets the first layer first, so the second weight is on the left",
    )
    unset = checks.say(
        "新层的权重不是两层权重的矩阵乘积", "the new weight is not the matrix product of the two"
    )
    twice = checks.say(
        "第二层的偏置也乘上了权重：它最后才加",
        "the second layer's bias got multiplied too: it is added at the very end",
    )

    def check_merge(first, second):
        old = copy.deepcopy(first), copy.deepcopy(second)
        name = (
            f"merge({first.in_features} → {first.out_features}, {second.in_features} → {second.out_features})"
        )
        mark = checks.say("：", ": ")
        try:
            layer = merge(first, second)
        except RuntimeError as error:
            if "mat1 and mat2 shapes" not in str(error):
                raise
            raise checks.CheckFailed(f"{name}{mark}{error}{mark}{reversed_order}") from None
        checks.true(
            not isinstance(layer, nn.Sequential),
            name
            + mark
            + checks.say(
                "这还是两层：要返回一个 `nn.Linear`",
                "these are still two layers: return a single `nn.Linear`",
            ),
        )
        checks.is_module(layer, nn.Linear, name=name)
        size = (second.out_features, first.in_features)
        ends = checks.say(
            "新层的输入是第一层的输入，输出是第二层的输出",
            "the new layer takes what the first one takes and gives what the second one gives",
        )
        checks.parameter_shapes(layer, [size, size[:1]], name=name, hint=ends)
        w1, b1, w2, b2 = (p.detach().clone() for one in old for p in (one.weight, one.bias))
        # Column by column: what a unit vector becomes without biases.
        weight = torch.stack([w2 @ w1[:, column] for column in range(w1.shape[1])], dim=1)
        bias = w2 @ b1 + b2
        mistakes = [(weight.T, reversed_order)] if weight.shape[0] == weight.shape[1] else []
        if w1.shape == w2.shape and w1.shape[0] == w1.shape[1]:
            mistakes += [(w1 @ w2, reversed_order), (w1 * w2, unset)]
        for key in ("weight", "bias"):
            found = getattr(layer, key)
            checks.true(
                found.requires_grad and found.is_leaf,
                f"{name}.{key}{mark}"
                + checks.say(
                    "应是需要梯度的叶子（`nn.Parameter`）",
                    "should be a leaf that requires gradients (an `nn.Parameter`)",
                ),
            )
        precision = checks.say(
            "新建的层总是 float32，除非写明 `dtype=`",
            "a new layer is always float32 unless you name the `dtype=`",
        )
        checks.dtype(layer.weight, w1.dtype, name=f"{name}.weight", hint=precision)
        checks.dtype(layer.bias, w1.dtype, name=f"{name}.bias", hint=precision)
        with torch.no_grad():
            checks.equal(layer.weight.detach(), weight, name=f"{name}.weight", mistakes=mistakes, hint=unset)
            wrong = (
                [(b2, lost), (w2 @ b1, second_lost), (w2 @ (b1 + b2), twice)]
                if b1.shape == b2.shape
                else [
                    (b2, lost),
                    (w2 @ b1, second_lost),
                ]
            )
            if b1.shape == b2.shape:
                wrong += [(b1 + b2, direct), (b1, second_lost)]
            checks.equal(layer.bias.detach(), bias, name=f"{name}.bias", mistakes=wrong, hint=direct)
            checks.own_memory(layer.bias, second.bias, name=f"{name}.bias")
        for one, before in ((first, old[0]), (second, old[1])):
            checks.equal(
                dict(one.state_dict()),
                dict(before.state_dict()),
                name=checks.say("旧的层", "an old layer"),
                hint=checks.say("要保持原样：新建一个层", "leave it as it was and create a new one"),
            )

    check_merge(nn.Linear(4, 3), nn.Linear(3, 2))
    check_merge(nn.Linear(2, 2), nn.Linear(2, 2))
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_merge(nn.Linear(3, 3), nn.Linear(3, 3))
        check_merge(nn.Linear(1, 5), nn.Linear(5, 1))
        check_merge(nn.Linear(5, 1), nn.Linear(1, 6))
        check_merge(nn.Linear(2, 4, dtype=torch.float64), nn.Linear(4, 3, dtype=torch.float64))
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# 线性层接线性层，不过是另一个线性层：无论叠多少层，都等于一层。要让多层网络比一层更有本事，中间就得放点不线性的东西，这就是下一小节的激活函数。

# %% [markdown] tags=["en"]
# A linear layer after a linear layer is just another linear layer: stack as many as you like, they do no more than one. For a network of several layers to do more than that, something that is not linear has to stand between them, and that is the activation function of the next section.

# %% [markdown] tags=["zh"]
# ### 4.3.3 nn.ReLU
#
# 只有线性层的网络，叠多少层都等于一层，只能画直线。**激活函数**（activation function）放在线性层之间，对每个数单独做一点不线性的事，网络才能学会弯曲的、复杂的关系。
#
# 最常用的是 **ReLU**：ReLU(x) = max(0, x)，正数不变，负数变成 0。形状不变，也没有参数。

# %% [markdown] tags=["en"]
# ### 4.3.3 nn.ReLU
#
# A network of linear layers alone, however many, can draw nothing but a straight line. An **activation function** stands between the linear layers and does something that is not linear to each number by itself. Only then can a network learn what is curved and complicated.
#
# The most usual one is **ReLU**: ReLU(x) = max(0, x). Positive numbers stay as they are, negative ones become 0. The shape stays the same, and there are no parameters.

# %%
x = torch.tensor([[-1.5, 0.5, -0.25], [2.0, -3.0, 0.0]])
print(f"Before ReLU: {x}\n")
print(f"After ReLU: {nn.ReLU()(x)}")

# %% [markdown] tags=["zh"]
# 把它用在上一小节的 `hidden1` 上（3 张图片，每张 20 个数；这里画出前 6 个）：

# %% [markdown] tags=["en"]
# The same for `hidden1` of the last section (20 numbers for each of the 3 pictures; here are the first 6):

# %%
before = hidden1[:, :6].detach()
after = nn.ReLU()(before)
plots.tensor_grid(before, after, titles=["before ReLU", "after ReLU"])

# %% [markdown] tags=["zh"]
# 两个 ReLU 加起来就能画出一个弯：ReLU(x) + ReLU(−x) = |x|，这是线性层怎么也做不到的。ReLU 越多，能拼出的折线越细致。

# %% [markdown] tags=["en"]
# Two ReLUs added up already make a bend: ReLU(x) + ReLU(−x) = |x|, which no linear layer can do. The more ReLUs, the finer the bends that a network can put together.

# %%
relu = nn.ReLU()
x = torch.tensor([-2.0, -1.0, 0.0, 1.0, 2.0])
print(relu(x) + relu(-x))

# %% [markdown] tags=["zh"]
# 激活函数不止这一种。下面是五种的曲线：
#
# - `nn.ReLU`：计算快，负数一侧是平的：那里的斜率为 0，梯度传不回去。
# - `nn.LeakyReLU(0.1)`：负数一侧留一点坡，乘以 0.1。
# - `nn.GELU`：光滑的 ReLU，Transformer 里常用。
# - `nn.Sigmoid`：压到 0 和 1 之间。`nn.Tanh`：压到 −1 和 1 之间。两头都很平，层数一多，梯度就越传越小。

# %% [markdown] tags=["en"]
# There are other activation functions. Here are the curves of five:
#
# - `nn.ReLU`: quick to compute. It is flat on the negative side: the slope there is 0, and no gradient gets back through it.
# - `nn.LeakyReLU(0.1)`: keeps a gentle slope on the negative side, where it multiplies by 0.1.
# - `nn.GELU`: a smooth ReLU, usual in transformers.
# - `nn.Sigmoid`: squeezes everything between 0 and 1. `nn.Tanh`: between −1 and 1. Both are flat at either end, so that gradients shrink from layer to layer.

# %%
x = torch.linspace(-4, 4, 201)
activations = [nn.ReLU(), nn.LeakyReLU(0.1), nn.GELU(), nn.Sigmoid(), nn.Tanh()]
figure, axes = plt.subplots(1, 5, figsize=(12, 2.6), sharey=True)
for axis, activation in zip(axes, activations, strict=True):
    axis.axhline(0, color="lightgray")
    axis.axvline(0, color="lightgray")
    axis.plot(x, activation(x))
    axis.set_title(type(activation).__name__)
    axis.set_ylim(-1.5, 4)
plt.show()

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.3.3 · 漏一点的 ReLU（2 分）
#
# 写函数 `leaky_relu(x, slope)`：`x` 是任意形状的浮点张量，`slope` 是一个数（0 或更大，也可能大于 1）。`x` 里 0 和正的数不变，负的数乘以 `slope`。
#
# - 自己写，不要用 PyTorch 现成的 LeakyReLU（`torch.relu` 可以用）。
# - 形状、dtype 和设备都跟 `x` 相同，`x` 自己保持原样。
# - 梯度要能传回去：正数处的斜率是 1，负数处是 `slope`。
#
# 例：`leaky_relu(torch.tensor([-2., 0., 3.]), 0.1)` 得到 `tensor([-0.2000, 0.0000, 3.0000])`。
#
# <details><summary>提示 1</summary>每个位置在两个数中选一个。一个循环也不用写。</details>
# <details><summary>提示 2</summary><code>max(x, slope·x)</code> 很诱人，可是 <code>slope</code> 大于 1 时会怎样？</details>
# <details><summary>提示 3</summary><code>torch.where(条件, 成立时的值, 不成立时的值)</code> 逐个元素地选。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.3.3 · A ReLU that leaks (2 points)
#
# Write `leaky_relu(x, slope)`: `x` is a float tensor of any shape, `slope` a number (0 or more, perhaps more than 1). Numbers in `x` that are 0 or positive stay as they are, negative ones are multiplied by `slope`.
#
# - Write it yourself, without PyTorch's own LeakyReLU (`torch.relu` is allowed).
# - Shape, dtype and device are those of `x`; leave `x` itself as it is.
# - Gradients get back through it: the slope is 1 for positive numbers and `slope` for negative ones.
#
# Example: `leaky_relu(torch.tensor([-2., 0., 3.]), 0.1)` gives `tensor([-0.2000, 0.0000, 3.0000])`.
#
# <details><summary>Hint 1</summary>At each position it is one of two numbers. You need no loop.</details>
# <details><summary>Hint 2</summary><code>max(x, slope·x)</code> is tempting, but what if <code>slope</code> is more than 1?</details>
# <details><summary>Hint 3</summary><code>torch.where(condition, value if true, value if not)</code> chooses element by element.</details>


# %% nbgrader={"grade": false, "grade_id": "leaky_relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def leaky_relu(x: torch.Tensor, slope: float) -> torch.Tensor:
    """x (...) float -> (...): x where it is not negative, slope * x elsewhere"""
    ### BEGIN SOLUTION
    return torch.where(x < 0, slope * x, x)
    ### END SOLUTION


# %% tags=["exercise"]
leaky_relu(torch.tensor([-2.0, 0.0, 3.0]), 0.1)

# %% nbgrader={"grade": true, "grade_id": "leaky_relu-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch.overrides import TorchFunctionMode

from pytorch_learning import checks


class OwnWork(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        name = getattr(function, "__name__", "")
        checks.true(
            name.strip("_") not in ("leaky_relu", "prelu", "rrelu", "rrelu_with_noise"),
            checks.say(
                f"leaky_relu：这次不用现成的 `{name}`，自己写：每个位置选 `x` 或 `slope * x`",
                f"leaky_relu: leave out the ready-made `{name}` this time and write it yourself: "
                "`x` or `slope * x` at each position",
            ),
        )
        return function(*args, **(kwargs or {}))


with checks.exercise("leaky_relu"), OwnWork():
    zero = checks.say(
        "负数变成了 0，那是 ReLU：这里要乘以 `slope`",
        "negative numbers became 0, which is ReLU: multiply them by `slope` instead",
    )
    swapped = checks.say(
        "乘 `slope` 的应是负数，不是正数",
        "it is the negative numbers that `slope` multiplies, not the positive",
    )
    everything = checks.say(
        "正数不乘 `slope`，保持不变", "positive numbers are not multiplied, they stay as they are"
    )
    sign = checks.say(
        "负数乘上正的 `slope` 还是负数：符号反了",
        "a negative number times a positive `slope` is negative: the sign is wrong",
    )
    constant = checks.say(
        "负数要乘以 `slope`，不是换成 `slope`",
        "negative numbers are multiplied by `slope`, not replaced by it",
    )
    doubled = checks.say(
        "正数处多加了 `slope * x`：只有负数才乘 `slope`",
        "where x is positive, `slope * x` is added to it: only negative numbers are multiplied by `slope`",
    )
    added = checks.say(
        "负数处只要 `slope * x`，不要再加上 `x`",
        "where x is negative, `slope * x` is all: don't add `x` to it",
    )
    greater = checks.say(
        "`slope` 大于 1 时，`x` 和 `slope * x` 中较大的那个就不对了：按 `x` 的正负来选",
        "when `slope` is more than 1, the greater of `x` and `slope * x` is the wrong one: choose by the sign of `x`",
    )
    fixed = checks.say(
        "`slope` 写死了：要用参数 `slope`", "the slope is fixed in the code: use the argument `slope`"
    )
    mistakes = [
        (lambda x, slope: x.clamp(min=0), zero),
        (lambda x, slope: torch.maximum(x, slope * x), greater),
        (lambda x, slope: torch.where(x > 0, slope * x, x), swapped),
        (lambda x, slope: slope * x, everything),
        (lambda x, slope: torch.where(x < 0, -slope * x, x), sign),
        (lambda x, slope: torch.where(x < 0, torch.full_like(x, slope), x), constant),
        (lambda x, slope: torch.where(x < 0, torch.full_like(x, -slope), x), constant),
        (lambda x, slope: torch.where(x > 0, x, torch.full_like(x, slope)), constant),
        (lambda x, slope: torch.where(x > 0, x, torch.full_like(x, -slope)), constant),
        (lambda x, slope: x.clamp(min=0) + slope * x, doubled),
        (lambda x, slope: torch.where(x < 0, x + slope * x, x), added),
        (lambda x, slope: torch.where(x < 0, 0.1 * x, x), fixed),
        (lambda x, slope: torch.where(x < 0, 0.01 * x, x), fixed),
    ]

    def check_slopes(x, slope):
        x = x.detach().clone().requires_grad_()
        name = checks.say(
            f"leaky_relu(x, {slope})，x 需要梯度", f"leaky_relu(x, {slope}) with an x that requires gradients"
        )
        y = leaky_relu(x, slope)
        checks.is_tensor(y, name=name)
        checks.true(
            y.requires_grad,
            name
            + checks.say(
                "：结果和 `x` 断开了，梯度传不回去：不要用 `detach`、`no_grad`、`item` 或 `torch.tensor(…)`，直接对张量运算",
                ": the result has lost its tie to `x`, no gradient gets back: leave out `detach`, `no_grad`, `item` and "
                "`torch.tensor(…)`, and calculate with tensors",
            ),
        )
        y.sum().backward()
        expected = torch.tensor([slope if value < 0 else 1 for value in x.flatten().tolist()], dtype=x.dtype)
        checks.gradient(
            x,
            expected.reshape(x.shape),
            hint=checks.say(
                "正数处应是 1，负数处应是 `slope`：是不是有一步没有记进计算图？",
                "it should be 1 for positive numbers and `slope` for negative ones: is a step missing from the graph?",
            ),
        )

    x = torch.tensor([-2.0, 3.0, 0.0, -0.5])
    checks.returns(leaky_relu, x, 0.25, expected=torch.tensor([-0.5, 3.0, 0.0, -0.125]), mistakes=mistakes)
    checks.returns(leaky_relu, x, 2.0, expected=torch.tensor([-4.0, 3.0, 0.0, -1.0]), mistakes=mistakes)
    check_slopes(torch.tensor([-2.0, 1.0, -0.5]), 0.25)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def number_by_number(x, slope):
            numbers = [slope * value if value < 0 else value for value in x.flatten().tolist()]
            return torch.tensor(numbers, dtype=x.dtype).reshape(x.shape)

        checks.agrees(
            leaky_relu,
            number_by_number,
            [
                (torch.randn(3, 4), 0.3),
                (torch.randn(2, 3, 4).double(), 0.03),
                (torch.tensor(-1.5), 0.2),
                (torch.randn(1), 1.0),
                (torch.randn(6), 0),
                (torch.randn(5, 2).T, 3),
            ],
            mistakes=mistakes,
        )
        try:
            checks.follows_device(leaky_relu, torch.randn(2, 3), 0.1)
        except checks.CheckFailed as failure:
            # `x[x < 0]` has to read values, which `meta` has not.
            if "nonzero" not in str(failure.__cause__):
                raise
        check_slopes(torch.randn(3, 4), 0.125)
        check_slopes(torch.randn(5).double(), 1.5)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 4.3.4 nn.Sequential
#
# `nn.Sequential` 是有顺序的容器：数据依次经过里面的每个模块，前一个的输出是后一个的输入。

# %% [markdown] tags=["en"]
# ### 4.3.4 nn.Sequential
#
# `nn.Sequential` is a container with an order: the data goes through one module after the other, and what one gives, the next one takes.

# %%
seq_modules = nn.Sequential(
    flatten,
    layer1,
    nn.ReLU(),
    nn.Linear(20, 10),
)
input_image = torch.rand(3, 28, 28)
logits = seq_modules(input_image)
print(logits.shape)

# %% [markdown] tags=["zh"]
# 每一步的形状：

# %% [markdown] tags=["en"]
# The shapes step by step:

# %%
plots.layer_shapes(seq_modules, input_image)

# %% [markdown] tags=["zh"]
# 它像列表一样：有长度，可以循环，整数索引取出一个模块，切片得到一个更短的 `nn.Sequential`。放进去的是模块本身，不是拷贝。

# %% [markdown] tags=["en"]
# It is much like a list: it has a length, you can loop over it, an integer picks one module, and a slice makes a shorter `nn.Sequential`. It holds the modules themselves, not copies of them.

# %%
print(len(seq_modules))
print(seq_modules[-1])
print(seq_modules[:2](input_image).shape)
print(seq_modules[1] is layer1)

# %% [markdown] tags=["zh"]
# 层数不固定时，先把各层放进一个列表，最后加 `*` 拆开来交给它：`nn.Sequential(*layers)`。

# %% [markdown] tags=["en"]
# If the number of layers is not fixed, collect them in a list first, then unpack it with `*`: `nn.Sequential(*layers)`.

# %%
layers = []
for _ in range(3):
    layers.append(nn.Linear(2, 2))
print(nn.Sequential(*layers))

# %% [markdown] tags=["zh"]
# 想给每一层起名字，就传一个 `OrderedDict`（有序字典）；之后用名字也能取到。

# %% [markdown] tags=["en"]
# To give each layer a name, pass an `OrderedDict`; you can then get at them by name too.

# %%
named = nn.Sequential(
    OrderedDict(
        flatten=nn.Flatten(),
        hidden=nn.Linear(28 * 28, 20),
        relu=nn.ReLU(),
        output=nn.Linear(20, 10),
    )
)
print(named)
print(named.hidden is named[1])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.3.4a · 想要几层就几层（3 分）
#
# 写函数 `mlp(sizes)`：`sizes` 是至少两个整数的列表。返回一个模块：相邻两个大小之间一个 `nn.Linear`（带偏置），相邻两个线性层之间一个 ReLU，最后一个线性层之后什么也没有。
#
# - 例如 `[784, 512, 512, 10]` 是 4.2 的 `linear_relu_stack`；`[3, 2]` 只有一个线性层，没有 ReLU。
# - 输入形状 `(n, sizes[0])`，输出 `(n, sizes[-1])`，`n` 可以是 0。
# - `parameters()` 按层的先后给出参数。每个线性层有自己的参数，大小相同也不共用。
# - `sizes` 保持原样。
#
# 例：`mlp([4, 3, 2])` 得到 `nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))` 这样的模块。
#
# <details><summary>提示 1</summary>四个大小有几个线性层？几个 ReLU？</details>
# <details><summary>提示 2</summary>在相邻的两个大小上循环，把层放进列表；ReLU 在什么时候不放？</details>
# <details><summary>提示 3</summary><code>zip(sizes[:-1], sizes[1:])</code> 给出相邻的两个；列表用 <code>*</code> 拆开来。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.3.4a · As many layers as you like (3 points)
#
# Write `mlp(sizes)`: `sizes` is a list of at least two whole numbers. Return a module with an `nn.Linear` (with its bias) from each size to the next, a ReLU between any two linear layers, and nothing after the last.
#
# - `[784, 512, 512, 10]`, say, is the `linear_relu_stack` of 4.2; `[3, 2]` is a single linear layer without a ReLU.
# - The input has shape `(n, sizes[0])`, the output `(n, sizes[-1])`; `n` may be 0.
# - `parameters()` gives the parameters in the order of the layers. Each linear layer has its own, even if two are of the same size.
# - Leave `sizes` as it is.
#
# Example: `mlp([4, 3, 2])` gives a module like `nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))`.
#
# <details><summary>Hint 1</summary>How many linear layers do four sizes make? How many ReLUs?</details>
# <details><summary>Hint 2</summary>Loop over pairs of neighbouring sizes and collect layers in a list. When do you leave the ReLU out?</details>
# <details><summary>Hint 3</summary><code>zip(sizes[:-1], sizes[1:])</code> gives the pairs; unpack the list with <code>*</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "mlp", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mlp(sizes: list[int]) -> nn.Module:
    """sizes -> a module from (n, sizes[0]) to (n, sizes[-1])"""
    ### BEGIN SOLUTION
    layers = []
    for position in range(len(sizes) - 1):
        layers += [nn.Linear(sizes[position], sizes[position + 1]), nn.ReLU()]
    return nn.Sequential(*layers[:-1])
    ### END SOLUTION


# %% tags=["exercise"]
mlp([4, 3, 2])

# %% nbgrader={"grade": true, "grade_id": "mlp-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("mlp"):
    last = checks.say(
        "最后一个线性层之后不要 ReLU：它会把负的分数都变成 0",
        "no ReLU after the last linear layer: it turns every negative score into 0",
    )
    no_relu = checks.say("线性层之间没有 ReLU", "there is no ReLU between the linear layers")
    first = checks.say("第一个线性层之前不要 ReLU", "no ReLU before the first linear layer")
    order = checks.say(
        "参数的次序不对：层要按从输入到输出的次序放",
        "the parameters come in the wrong order: put the layers in from input to output",
    )

    def compute(x, parameters, between, after, before=False):
        x = between(x) if before else x
        for position in range(0, len(parameters), 2):
            x = x @ parameters[position].T + parameters[position + 1]
            x = between(x) if position + 2 < len(parameters) else after(x)
        return x

    def same(x):
        return x

    def squash(x):
        return x.clamp(min=0)

    def check_mlp(sizes, n):
        given = list(sizes)
        name = f"mlp({sizes})"
        module = mlp(given)
        checks.is_module(module, name=name)
        checks.equal(
            given,
            sizes,
            name="sizes",
            hint=checks.say("传进来的列表不要改动", "don't change the list you are given"),
        )
        shapes = [
            shape for k in range(len(sizes) - 1) for shape in ((sizes[k + 1], sizes[k]), (sizes[k + 1],))
        ]
        weights = [tuple(p.shape) for p in module.parameters() if p.ndim == 2]
        checks.true(
            weights != [shape[::-1] for shape in shapes[::2]] or weights == shapes[::2],
            name
            + checks.say(
                "：输入和输出的大小对调了：`nn.Linear(输入, 输出)`",
                ": the sizes of input and output are swapped: it is `nn.Linear(in, out)`",
            ),
        )
        checks.parameter_shapes(module, shapes, name=name)
        parameters = list(module.parameters())
        checks.true([tuple(p.shape) for p in parameters] == shapes, f"{name}{checks.say('：', ': ')}{order}")
        with torch.no_grad():
            # Scores of either sign, and hidden numbers of either sign, whatever the seed.
            for parameter in parameters:
                parameter.copy_(torch.randn(parameter.shape))
            x = torch.randn(n, sizes[0])
            mistakes = [
                (compute(x, parameters, squash, squash), last),
                (compute(x, parameters, same, same), no_relu),
                (compute(x, parameters, same, squash), last),
                (compute(x, parameters, squash, same, before=True), first),
                (compute(x, parameters, squash, squash, before=True), last),
            ]
            expected = compute(x, parameters, squash, same)
            checks.output(module, x, expected, name=f"{name}(x)", mistakes=mistakes)

    check_mlp([4, 5, 6, 3], 8)
    check_mlp([3, 2], 8)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_mlp([6, 6, 6, 6], 5)
        check_mlp([7, 1], 1)
        check_mlp([2, 9, 4], 0)
        check_mlp([1, 8, 7, 6, 5, 4], 6)
        checks.own_parameters(lambda: mlp([3, 3, 3]), name="mlp([3, 3, 3])")
        checks.moves(mlp([3, 4, 2]), torch.randn(5, 3), name="mlp([3, 4, 2])")
        trained = mlp([3, 4, 2])
        checks.true(
            all(p.requires_grad for p in trained.parameters()) and trained(torch.randn(2, 3)).requires_grad,
            checks.say(
                "mlp([3, 4, 2])：参数应当能训练（需要梯度）",
                "mlp([3, 4, 2]): its parameters should be trainable (require gradients)",
            ),
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.3.4b · 一路上的形状（2 分）
#
# 网络报形状错误时，最有用的就是一张形状清单。写函数 `shapes_through(layers, x)`：`layers` 是一个 `nn.Sequential`，`x` 是它的输入。返回一个列表：依次经过每一层**之后**的形状，每个都是元组。
#
# - `x` 自己的形状不在里面；空的 `nn.Sequential` 得到 `[]`。
# - 里面如果还有一个 `nn.Sequential`，它算一层。
#
# 例：`shapes_through(nn.Sequential(nn.Flatten(), nn.Linear(784, 10)), torch.rand(3, 28, 28))` 得到 `[(3, 784), (3, 10)]`。
#
# <details><summary>提示 1</summary>每一层接过的是前一层的输出，不是最初的 <code>x</code>。</details>
# <details><summary>提示 2</summary><code>nn.Sequential</code> 可以直接用 <code>for</code> 循环。</details>
# <details><summary>提示 3</summary><code>tuple(…)</code> 把 <code>torch.Size</code> 变成元组；<code>append</code> 放进列表。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.3.4b · The shapes on the way (2 points)
#
# When a network complains about shapes, a list of them helps most. Write `shapes_through(layers, x)`: `layers` is an `nn.Sequential` and `x` its input. Return a list of the shapes **after** each layer in turn, each a tuple.
#
# - The shape of `x` itself is not in it; an empty `nn.Sequential` gives `[]`.
# - If there is another `nn.Sequential` inside, it counts as one layer.
#
# Example: `shapes_through(nn.Sequential(nn.Flatten(), nn.Linear(784, 10)), torch.rand(3, 28, 28))` gives `[(3, 784), (3, 10)]`.
#
# <details><summary>Hint 1</summary>What each layer takes is the output of the one before, not the first <code>x</code>.</details>
# <details><summary>Hint 2</summary>You can loop over an <code>nn.Sequential</code> with <code>for</code>.</details>
# <details><summary>Hint 3</summary><code>tuple(…)</code> makes a tuple of a <code>torch.Size</code>; <code>append</code> puts it into the list.</details>


# %% nbgrader={"grade": false, "grade_id": "shapes_through", "locked": false, "schema_version": 3, "solution": true, "task": false}
def shapes_through(layers: nn.Sequential, x: torch.Tensor) -> list[tuple[int, ...]]:
    """layers, their input x -> the shape after each layer"""
    ### BEGIN SOLUTION
    shapes = []
    for layer in layers:
        x = layer(x)
        shapes.append(tuple(x.shape))
    return shapes
    ### END SOLUTION


# %% tags=["exercise"]
shapes_through(nn.Sequential(nn.Flatten(), nn.Linear(784, 10)), torch.rand(3, 28, 28))

# %% nbgrader={"grade": true, "grade_id": "shapes_through-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("shapes_through"):
    start = checks.say(
        "第一个形状是输入 `x` 的：从第一层之后开始",
        "the first one is the shape of the input `x`: begin after the first layer",
    )
    early = checks.say(
        "每个形状都早了一步：先经过这一层，再记下形状",
        "each shape is one step early: go through the layer first, then note it",
    )
    end = checks.say(
        "这只是最后的形状：每一层之后都要记一个", "that is the last shape alone: note one after each layer"
    )
    names = checks.say(
        "每一层之后一个形状，写成元组：`append(tuple(x.shape))`",
        "one shape after each layer, as a tuple: `append(tuple(x.shape))`",
    )
    inner = checks.say(
        "`modules()` 连容器自己和里面的层都给出来：直接在 `layers` 上循环",
        "`modules()` gives the container itself and all that is deeper inside: loop over `layers` directly",
    )
    first = checks.say(
        "只有第一层的形状：`return` 要写在循环之后",
        "that is the shape after the first layer alone: `return` belongs after the loop",
    )
    counts = checks.say("这是元素的个数，不是形状", "those are numbers of elements, not shapes")

    def all_shapes(layers, x):
        found = []
        for step in layers:
            x = step(x)
            found.append(tuple(x.shape))
        return found

    def every_module(layers, x):
        found = []
        for step in layers.modules():
            x = step(x)
            found.append(tuple(x.shape))
        return found

    mistakes = [
        (lambda layers, x: [tuple(x.shape), *all_shapes(layers, x)], start),
        (lambda layers, x: [tuple(x.shape), *all_shapes(layers, x)][:-1], early),
        (lambda layers, x: tuple(layers(x).shape), end),
        (lambda layers, x: [tuple(layers(x).shape)], end),
        (lambda layers, x: [tuple(layers(x).shape)] * len(layers), end),
        (lambda layers, x: all_shapes(layers, x)[:1], first),
        (every_module, inner),
        (lambda layers, x: [torch.Size(s).numel() for s in all_shapes(layers, x)], counts),
    ]
    network = nn.Sequential(nn.Flatten(), nn.Linear(12, 5), nn.ReLU(), nn.Linear(5, 2))
    checks.returns(
        shapes_through,
        network,
        torch.rand(7, 3, 4),
        expected=[(7, 12), (7, 5), (7, 5), (7, 2)],
        mistakes=mistakes,
        hint=names,
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        nested = nn.Sequential(nn.ReLU(), nn.Sequential(nn.Linear(4, 4), nn.Tanh()), nn.Linear(4, 1))
        checks.agrees(
            shapes_through,
            all_shapes,
            [
                (nn.Sequential(nn.Linear(3, 3)), torch.rand(2, 3)),
                (nn.Sequential(), torch.rand(2, 3)),
                (nested, torch.rand(2, 4)),
                (nn.Sequential(nn.Flatten(0), nn.Linear(6, 2)), torch.rand(1, 2, 3)),
                (nn.Sequential(nn.Linear(4, 2), nn.Flatten(), nn.Linear(6, 1)), torch.rand(5, 3, 4)),
                (nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten()), torch.rand(2, 1, 8, 9)),
            ],
            mistakes=mistakes,
            hint=names,
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 4.3.5 nn.Softmax
#
# 最后一个线性层给出 logits：可以是任何实数，从 −∞ 到 ∞¹。`nn.Softmax` 把它们变成概率，每个都在 0 和 1 之间，加起来等于 1：
#
# softmax(z)ᵢ = exp(zᵢ) ÷ Σⱼ exp(zⱼ)
#
# 取指数让每个数都变成正的，除以总和让它们加起来等于 1。参数 `dim` 说明沿哪个维度加起来是 1；类别排在 `dim=1` 上，所以写 `dim=1`。
#
# <small>¹ 原文写作 [−∞, ∞]；无穷大不是实数，应是开区间 (−∞, ∞)。</small>

# %% [markdown] tags=["en"]
# ### 4.3.5 nn.Softmax
#
# The last linear layer gives logits: any real numbers, from −∞ to ∞¹. `nn.Softmax` makes probabilities of them, each between 0 and 1, adding up to 1:
#
# softmax(z)ᵢ = exp(zᵢ) ÷ Σⱼ exp(zⱼ)
#
# The exponential makes every number positive, and dividing by the sum makes them add up to 1. `dim` says along which dimension they do so; the classes lie along `dim=1`, so it is `dim=1`.
#
# <small>¹ The original document writes [−∞, ∞]; infinity is not a real number, so the interval is open: (−∞, ∞).</small>

# %%
softmax = nn.Softmax(dim=1)
pred_probab = softmax(logits)
print(pred_probab.shape)
print(pred_probab.sum(dim=1).detach().round(decimals=4))

# %% [markdown] tags=["zh"]
# `dim` 写错不会报错，数却全错了。同样的 2 个样本、3 个类别，`dim=0` 让每一**列**加起来是 1（把不同的样本放在一起比，没有意义），`dim=1` 让每一**行**加起来是 1：

# %% [markdown] tags=["en"]
# A wrong `dim` is no error, but all the numbers are wrong. For the same 2 samples and 3 classes, `dim=0` makes each **column** add up to 1 (comparing one sample with another, which makes no sense here), `dim=1` each **row**:

# %%
z = torch.tensor([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]])
columns, rows = nn.Softmax(dim=0)(z), nn.Softmax(dim=1)(z)
print("dim=0, sums of the columns:", columns.sum(dim=0).round(decimals=4))
print("dim=1, sums of the rows:   ", rows.sum(dim=1).round(decimals=4))
plots.tensor_grid(z, columns, rows, titles=["z", "softmax, dim=0", "softmax, dim=1"])

# %% [markdown] tags=["zh"]
# 每个 logit 加上同一个数，softmax 不变：exp(z + c) = exp(z) · exp(c)，分子分母同时多了 exp(c)，约掉了。要紧的只是各个分数的差。
#
# 这正好能避免溢出：`float32` 里 exp(89) 就是 inf 了。先减去最大的那个，最大的指数就是 exp(0) = 1，怎么也不会太大；太小的变成 0，没有关系。

# %% [markdown] tags=["en"]
# Add the same number to every logit, and softmax stays the same: exp(z + c) = exp(z) · exp(c), so above and below the line there is a factor exp(c), which cancels. Only the differences between the scores matter.
#
# That is just what helps against overflow: in `float32`, exp(89) is already inf. Subtract the greatest score first and the greatest exponential is exp(0) = 1, never too large; those that are too small become 0, which does no harm.

# %%
print(torch.exp(torch.tensor([88.0, 89.0])))
print(nn.Softmax(dim=0)(torch.tensor([1000.0, 1001.0])))
print(nn.Softmax(dim=0)(torch.tensor([-1.0, 0.0])))

# %% [markdown] tags=["zh"]
# 训练分类网络时，`nn.CrossEntropyLoss` 要的是 **logits**，它自己会做 softmax（第 5 节细讲）。所以网络的最后不要放 softmax。如果先做一遍，就做了两遍：下面的预测又对又有把握，损失本应接近 0，却降不下来。

# %% [markdown] tags=["en"]
# When you train a classifier, `nn.CrossEntropyLoss` wants **logits**: it does the softmax itself (more in section 5). So don't end the network with one. If you do, it happens twice: the prediction below is right and confident, its loss should be near 0, and yet it can't get there.

# %%
score, label = torch.tensor([[10.0, 0.0, 0.0]]), torch.tensor([0])
loss = nn.CrossEntropyLoss()
print(f"logits:        {loss(score, label).item():.4f}")
print(f"softmax first: {loss(nn.Softmax(dim=1)(score), label).item():.4f}")

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.3.5 · 不会溢出的 softmax（3 分）
#
# 写函数 `stable_softmax(logits, dim)`：`logits` 是浮点张量，至少有一个维度，没有空的维度；返回它沿 `dim` 的 softmax，形状、dtype 和设备都不变，`logits` 自己保持原样。
#
# - 自己写，不要用 PyTorch 现成的 softmax 和 log_softmax。
# - logits 是 1000 或 −1000 也要算对；不同的行可以差得很远，例如一行全在 1000 左右，另一行全在 −1000 左右。
# - `dim` 可以是任何一个维度，也可以是负的（−1 是最后一个）。
#
# 例：`stable_softmax(torch.tensor([[0., 0.], [1000., -1000.]]), 1)` 得到 `tensor([[0.5000, 0.5000], [1.0000, 0.0000]])`。
#
# <details><summary>提示 1</summary>每个样本要减去自己的最大值，不是所有数的最大值。</details>
# <details><summary>提示 2</summary>要能广播，归约之后那个维度就得留着，大小为 1。</details>
# <details><summary>提示 3</summary><code>amax</code>（或 <code>max(…).values</code>）和 <code>sum</code>，都带 <code>dim=</code> 和 <code>keepdim=True</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.3.5 · A softmax that doesn't overflow (3 points)
#
# Write `stable_softmax(logits, dim)`: `logits` is a float tensor with at least one dimension, none of them empty; return its softmax along `dim`, with the same shape, dtype and device. Leave `logits` itself as it is.
#
# - Write it yourself, without PyTorch's own softmax and log_softmax.
# - Logits of 1000 or −1000 must work; rows may be far apart, one with all its scores around 1000 and another with all of them around −1000.
# - `dim` may be any dimension, and negative too (−1 is the last).
#
# Example: `stable_softmax(torch.tensor([[0., 0.], [1000., -1000.]]), 1)` gives `tensor([[0.5000, 0.5000], [1.0000, 0.0000]])`.
#
# <details><summary>Hint 1</summary>Each sample subtracts its own maximum, not that of all numbers.</details>
# <details><summary>Hint 2</summary>To broadcast, the dimension that you reduce has to stay, with size 1.</details>
# <details><summary>Hint 3</summary><code>amax</code> (or <code>max(…).values</code>) and <code>sum</code>, both with <code>dim=</code> and <code>keepdim=True</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "stable_softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def stable_softmax(logits: torch.Tensor, dim: int) -> torch.Tensor:
    """logits (...) -> probabilities (...) that add up to 1 along dim"""
    ### BEGIN SOLUTION
    exponentials = torch.exp(logits - logits.amax(dim=dim, keepdim=True))
    return exponentials / exponentials.sum(dim=dim, keepdim=True)
    ### END SOLUTION


# %% tags=["exercise"]
stable_softmax(torch.tensor([[0.0, 0.0], [1000.0, -1000.0]]), 1)

# %% nbgrader={"grade": true, "grade_id": "stable_softmax-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import math

import torch
from torch.overrides import TorchFunctionMode

from pytorch_learning import checks


class OwnWork(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        name = getattr(function, "__name__", "")
        checks.true(
            "softm" not in name,
            checks.say(
                f"stable_softmax：这次不用现成的 `{name}`，用 `exp` 和 `sum` 自己写",
                f"stable_softmax: leave out the ready-made `{name}` this time and write it with `exp` and `sum`",
            ),
        )
        return function(*args, **(kwargs or {}))


with checks.exercise("stable_softmax"), OwnWork():
    overflow = checks.say(
        "指数溢出了（inf ÷ inf 是 nan，0 ÷ 0 也是）：取指数之前，每一组减去自己的最大值",
        "the exponentials overflow (inf ÷ inf is nan, and so is 0 ÷ 0): before taking them, subtract each group's own maximum",
    )
    whole = checks.say(
        "减去的是所有数的最大值：离它远的那一行，指数全成了 0。最大值也要沿 `dim` 取",
        "you subtracted the maximum of all numbers: in a row far below it every exponential is 0. Take the maximum along `dim` too",
    )
    centre = checks.say(
        "要减去的是最大值：减去平均值或最小值，大的分数还是会溢出",
        "subtract the maximum: with the mean or the minimum, large scores still overflow",
    )
    total = checks.say(
        "除以了所有数的和：和要沿 `dim` 求", "that is divided by the sum of all numbers: sum along `dim`"
    )
    ignored = checks.say(
        "没有用到 `dim`：维度写死了", "`dim` is not used: the dimension is fixed in the code"
    )
    unnormalised = checks.say("还没有除以总和", "that is not yet divided by the sum")
    logarithm = checks.say(
        "这是概率的对数：还要取指数", "those are the logarithms of the probabilities: take the exponential"
    )
    linear = checks.say("没有取指数", "there is no exponential")
    below = checks.say(
        "只有分子减去了最大值，分母也要减：先算出减过的数，上下都用它",
        "the maximum is subtracted above the line and not below: compute the shifted scores once and use them in both",
    )
    clamped = checks.say(
        "把分数截断会改变结果：减去最大值才不会",
        "clamping the scores changes the result; subtracting the maximum does not",
    )

    def along(z, dim):
        e = torch.exp(z - z.amax(dim=dim, keepdim=True))
        return e / e.sum(dim=dim, keepdim=True)

    def shifted(z, dim, shift):
        e = torch.exp(z - shift)
        return e / e.sum(dim=dim, keepdim=True)

    def exponentials_of_all(z, dim):
        return torch.exp(z - z.max()) / torch.exp(z - z.max()).sum(dim=dim, keepdim=True)

    # Around 1000 the values are float64: in float32 even a right method through `logsumexp` rounds too much there.
    mistakes = [
        (lambda z, dim: z.exp() / z.exp().sum(dim=dim, keepdim=True), overflow),
        (exponentials_of_all, whole),
        (lambda z, dim: shifted(z, dim, z.mean(dim=dim, keepdim=True)), centre),
        (lambda z, dim: shifted(z, dim, z.amin(dim=dim, keepdim=True)), centre),
        (lambda z, dim: torch.exp(z - z.max()) / torch.exp(z - z.max()).sum(), total),
        (lambda z, dim: torch.exp(z - z.amax(dim, True)) / torch.exp(z - z.amax(dim, True)).sum(), total),
        (lambda z, dim: z.exp() / z.exp().sum(), total),
        (lambda z, dim: along(z, 1), ignored),
        (lambda z, dim: along(z, -1), ignored),
        (lambda z, dim: along(z, 0), ignored),
        (lambda z, dim: torch.exp(z - z.amax(dim, True)), unnormalised),
        (lambda z, dim: torch.exp(z - z.amax(dim, True)) / z.exp().sum(dim=dim, keepdim=True), below),
        (lambda z, dim: along(z, dim).log(), logarithm),
        (lambda z, dim: z / z.sum(dim=dim, keepdim=True), linear),
        *(
            (lambda z, dim, top=top: along(z.clamp(-top, top), dim), clamped)
            for top in (10, 20, 50, 80, 85, 88, 100, 500, 700)
        ),
        *(
            (lambda z, dim, top=top: along(z.clamp(max=top), dim), clamped)
            for top in (10, 20, 50, 80, 85, 88, 100, 500, 700)
        ),
    ]

    def one_by_one(z, dim):
        moved = z.movedim(dim, -1)
        groups = []
        for group in moved.reshape(-1, moved.shape[-1]).tolist():
            exponentials = [math.exp(value - max(group)) for value in group]
            groups.append([e / sum(exponentials) for e in exponentials])
        return torch.tensor(groups, dtype=z.dtype).reshape(moved.shape).movedim(-1, dim)

    checks.agrees(
        stable_softmax,
        one_by_one,
        [
            (torch.tensor([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]]), 1),
            (torch.tensor([[1.0, 2.0, 3.0], [1.0, 1.0, 1.0]]), 0),
            (torch.tensor([[100.0, 101.0], [2.0, -100.0]]), 1),
            (torch.tensor([[1000.0, 1001.0], [2.0, -1000.0]], dtype=torch.float64), 1),
            (torch.tensor([[1000.0, 1000.0, 1001.0], [1000.0, -1000.0, -1000.0]], dtype=torch.float64), 1),
        ],
        mistakes=mistakes,
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        checks.agrees(
            stable_softmax,
            one_by_one,
            [
                (torch.randn(4, 5), 1),
                (torch.randn(4, 5), 0),
                (torch.randn(3, 3), -2),
                (torch.randn(2, 3, 4), 1),
                (torch.randn(2, 3, 4), -3),
                (torch.randn(6), 0),
                (torch.randn(6), -1),
                (torch.tensor([5.0]), 0),
                (torch.randn(3, 1), 1),
                (torch.randn(4, 3, dtype=torch.float64) * 5, 1),
                (torch.tensor([[1000.0, 1001.0], [-1000.0, -999.0]], dtype=torch.float64), 1),
                (torch.tensor([[1000.0, -1000.0], [1001.0, -1001.0]], dtype=torch.float64), 0),
                (torch.tensor([[-1000.0, -1000.0, -1002.0]], dtype=torch.float64), -1),
                (torch.tensor([[-1000.0, 1000.0], [1000.0, -1000.0], [0.0, 5.0]], dtype=torch.float64), 0),
                (torch.tensor([[100.0, 101.0, 99.5], [-120.0, -119.0, -121.0]]), 1),
            ],
            mistakes=mistakes,
        )
        checks.follows_device(stable_softmax, torch.randn(2, 3), 1)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 4.4 模型参数
#
# 网络里的许多层是**参数化**的：它们有权重和偏置，训练时要优化的就是这些数。继承 `nn.Module` 之后，存成属性的层会自动登记，`parameters()` 和 `named_parameters()` 就能把所有参数找出来，藏得多深都行。名字就是一路上的属性名，用点连起来。

# %% [markdown] tags=["en"]
# ## 4.4 The parameters of the model
#
# Many layers of a network have **parameters**: weights and biases, the numbers that training will improve. `nn.Module` registers the layers that you keep as attributes, so that `parameters()` and `named_parameters()` find every parameter, however deep inside it is. Its name is the path to it: the names of the attributes, joined with dots.

# %%
print(f"Model structure: {model}\n")

for name, param in model.named_parameters():
    preview = [round(number, 4) for number in param.flatten()[:2].tolist()]
    print(f"{name:<26} | Size: {tuple(param.shape)!s:<10} | Values: {preview} ...")

# %% [markdown] tags=["zh"]
# `plots.network` 把模型画成图，每个方框里写着这一层有多少个参数：

# %% [markdown] tags=["en"]
# `plots.network` draws the model, with the number of parameters in each box:

# %%
plots.network(model, X)

# %% [markdown] tags=["zh"]
# ### 数一数有多少个参数
#
# 一个 `nn.Linear(d, k)` 有 k·d 个权重和 k 个偏置。三个线性层一共有 784·512 + 512 + 512·512 + 512 + 512·10 + 10 = 669 706 个数，一大半在第一层。说「模型有多少参数」，说的是这些**数**的个数，不是张量的个数（6 个）。张量的 `numel()` 给出它有多少个数。

# %% [markdown] tags=["en"]
# ### Counting the parameters
#
# An `nn.Linear(d, k)` has k·d weights and k biases. The three linear layers have 784·512 + 512 + 512·512 + 512 + 512·10 + 10 = 669,706 numbers, more than half of them in the first. When people say how many parameters a model has, they count these **numbers**, not the tensors (there are 6). A tensor's `numel()` says how many numbers it has.

# %%
for name, param in model.named_parameters():
    print(f"{name:<26} {param.numel():>7}")
print(784 * 512 + 512 + 512 * 512 + 512 + 512 * 10 + 10)

# %% [markdown] tags=["zh"]
# 有的层除了参数还有**缓冲区**（buffer）：属于模型、会被保存、跟着 `.to(device)` 走，却不参加训练的张量，例如 `nn.BatchNorm1d` 的滑动平均。它们在 `buffers()` 里，不在 `parameters()` 里，而 `state_dict()` 两样都有。同一个参数被两层共用时，`parameters()` 只给出一次。

# %% [markdown] tags=["en"]
# Some layers have **buffers** besides parameters: tensors that belong to the model, are saved with it and move with `.to(device)`, but are not trained; the running averages of `nn.BatchNorm1d`, for example. They are in `buffers()` and not in `parameters()`, while `state_dict()` holds both. Where two layers share one parameter, `parameters()` gives it only once.

# %%
norm = nn.BatchNorm1d(3)
print("parameters:", [name for name, _ in norm.named_parameters()])
print("buffers:   ", [name for name, _ in norm.named_buffers()])
shared = nn.Linear(2, 2)
print(len(list(nn.Sequential(shared, nn.ReLU(), shared).parameters())))

# %% [markdown] tags=["zh"]
# 每个参数都有 `requires_grad`：是 `True` 就参加训练；设成 `False`，它就**冻结**（freeze）了，训练时不变。

# %% [markdown] tags=["en"]
# Each parameter has a `requires_grad`. If it is `True`, the parameter takes part in training; set it to `False` and it is **frozen**: training leaves it as it is.

# %%
layer = nn.Linear(3, 2)
layer.bias.requires_grad = False
for name, param in layer.named_parameters():
    print(name, param.requires_grad)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.4a · 模型有多大（2 分）
#
# 写函数 `count_parameters(model, trainable_only)`：返回模型的参数一共有多少个数（`int`）。`trainable_only` 是 `True` 时，只数没有冻结的。
#
# 共用的参数只数一次，缓冲区不数；没有参数的模型得到 `0`。模型保持原样。
#
# 例：`count_parameters(nn.Linear(3, 2), False)` 得到 `8`。
#
# <details><summary>提示 1</summary>数的是数，不是张量。</details>
# <details><summary>提示 2</summary><code>parameters()</code> 已经把共用的去掉了，也没有缓冲区。</details>
# <details><summary>提示 3</summary>在参数上循环，看 <code>requires_grad</code>，累加 <code>numel()</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.4a · How big is the model? (2 points)
#
# Write `count_parameters(model, trainable_only)`: return how many numbers the model's parameters have in all (an `int`). If `trainable_only` is `True`, count only those that are not frozen.
#
# Shared parameters count once, buffers don't count; a model without parameters gives `0`. Leave the model as it is.
#
# Example: `count_parameters(nn.Linear(3, 2), False)` gives `8`.
#
# <details><summary>Hint 1</summary>Count the numbers, not the tensors.</details>
# <details><summary>Hint 2</summary><code>parameters()</code> already leaves out repeats and buffers.</details>
# <details><summary>Hint 3</summary>Loop over the parameters, look at <code>requires_grad</code> and add up <code>numel()</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "count_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def count_parameters(model: nn.Module, trainable_only: bool) -> int:
    """model -> how many numbers its parameters have"""
    ### BEGIN SOLUTION
    count = 0
    for parameter in model.parameters():
        if parameter.requires_grad or not trainable_only:
            count += parameter.numel()
    return count
    ### END SOLUTION


# %% tags=["exercise"]
count_parameters(nn.Linear(3, 2), False)

# %% nbgrader={"grade": true, "grade_id": "count_parameters-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("count_parameters"):
    tensors = checks.say(
        "这是张量的个数，要数的是里面的数", "that is how many tensors there are; count the numbers in them"
    )
    frozen = checks.say(
        "冻结的参数：`trainable_only` 是 True 时不数，是 False 时要数",
        "frozen parameters: leave them out if `trainable_only` is True, count them if it is False",
    )
    reverse = checks.say(
        "条件反了：数的是冻结的", "the condition is the wrong way round: those are the frozen ones"
    )
    weights = checks.say("偏置也是参数", "biases are parameters too")
    buffers = checks.say(
        "缓冲区也数进去了：`state_dict()` 里不只有参数，用 `parameters()`",
        "buffers were counted too: `state_dict()` holds more than parameters, use `parameters()`",
    )
    every = checks.say(
        "`trainable_only` 是 False 时，不管冻结没冻结都要数",
        "if `trainable_only` is False, all parameters count, frozen or not",
    )
    state = checks.say(
        "一个也没数到：需要梯度的都要数；`state_dict()` 里的张量看不出来，用 `parameters()`",
        "nothing was counted: count what requires gradients; tensors from `state_dict()` never do, so use `parameters()`",
    )
    rows = checks.say(
        "`len(p)` 只是第一维的大小：一个张量有 `p.numel()` 个数",
        "`len(p)` is the size of the first dimension alone: a tensor has `p.numel()` numbers",
    )
    early = checks.say(
        "只数了第一个参数：`return` 要写在循环之后",
        "only the first parameter was counted: `return` belongs after the loop",
    )
    nested = checks.say(
        "同一个参数数了好几遍：`parameters()` 已经包括里面各层的，不用再在 `modules()` 上循环",
        "the same parameter was counted again and again: `parameters()` has those of all layers inside, without a loop "
        "over `modules()`",
    )
    twice = checks.say("共用的参数数了不止一次", "a shared parameter was counted more than once")
    linear = checks.say(
        "只数了线性层：别的层、直接放在模型上的 `nn.Parameter` 也要数",
        "only linear layers were counted: other layers count too, and so does an `nn.Parameter` of the model's own",
    )

    def by_id(model, trainable_only):
        found = {}
        for module in model.modules():
            for parameter in module._parameters.values():
                if parameter is not None:
                    found[id(parameter)] = parameter
        return sum(p.numel() for p in found.values() if p.requires_grad or not trainable_only)

    def with_repeats(model, trainable_only):
        named = model.named_parameters(remove_duplicate=False)
        return sum(p.numel() for _, p in named if p.requires_grad or not trainable_only)

    def of_linear(model, trainable_only):
        found = {p for m in model.modules() if isinstance(m, nn.Linear) for p in m.parameters()}
        return sum(p.numel() for p in found if p.requires_grad or not trainable_only)

    mistakes = [
        (lambda model, trainable_only: len(list(model.parameters())), tensors),
        (lambda model, trainable_only: sum(p.requires_grad for p in model.parameters()), tensors),
        (lambda model, trainable_only: by_id(model, not trainable_only), frozen),
        (lambda model, trainable_only: next(model.parameters()).numel(), early),
        (with_repeats, twice),
        (lambda model, trainable_only: sum(t.numel() for t in model.state_dict().values()), buffers),
        (
            lambda model, trainable_only: (
                by_id(model, trainable_only) + sum(b.numel() for b in model.buffers())
            ),
            buffers,
        ),
        (lambda model, trainable_only: by_id(model, False) - by_id(model, True), reverse),
        (of_linear, linear),
        (lambda model, trainable_only: sum(p.numel() for p in model.parameters() if p.ndim > 1), weights),
        (lambda model, trainable_only: sum(len(p) for p in model.parameters() if p.ndim > 0), rows),
        (
            lambda model, trainable_only: sum(by_id(module, trainable_only) for module in model.modules()),
            nested,
        ),
        (lambda model, trainable_only: sum(by_id(module, False) for module in model.modules()), nested),
        (lambda model, trainable_only: -1 if trainable_only else 0, every),
        (lambda model, trainable_only: 0 if trainable_only else -1, state),
    ]

    def a_model():
        network = nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 2))
        network[2].weight.requires_grad_(False)
        return network

    checks.returns(count_parameters, a_model(), False, expected=23, mistakes=mistakes)
    checks.returns(count_parameters, a_model(), True, expected=17, mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        tied = nn.Linear(3, 3)
        scaled = nn.Sequential(nn.Linear(2, 5), nn.Conv2d(1, 2, 3))
        scaled.scale = nn.Parameter(torch.tensor(2.0))
        frozen_model = nn.Sequential(nn.Linear(2, 2)).requires_grad_(False)
        models = [
            nn.Linear(6, 1, bias=False),
            nn.ReLU(),
            nn.Sequential(tied, nn.ReLU(), tied),
            nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 1)),
            nn.Sequential(nn.Flatten(), nn.Sequential(nn.Linear(3, 4), nn.Sequential(nn.Linear(4, 5)))),
            scaled,
            frozen_model,
        ]
        cases = [(model, trainable_only) for model in models for trainable_only in (False, True)]
        checks.agrees(count_parameters, by_id, cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 什么会被登记
#
# `nn.Module` 只登记两种属性：模块和 `nn.Parameter`。普通的张量和普通的列表，它不看。缓冲区要用 `register_buffer` 登记。

# %% [markdown] tags=["en"]
# ### What gets registered
#
# `nn.Module` registers two kinds of attributes: modules and `nn.Parameter`s. It takes no notice of plain tensors and plain lists. A buffer is registered with `register_buffer`.


# %%
class Example(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.scale = nn.Parameter(torch.ones(2))
        self.plain = torch.zeros(2)
        self.hidden = [nn.Linear(2, 2)]
        self.register_buffer("mean", torch.zeros(2))


example = Example()
print("parameters:", [name for name, _ in example.named_parameters()])
print("state_dict:", list(example.state_dict()))
example.to("meta")
print("plain:", example.plain.device, "  mean:", example.mean.device)

# %% [markdown] tags=["zh"]
# 层数不固定时，用 `nn.ModuleList`：它是会登记的列表，参数的名字里带着位置。和 `nn.Sequential` 不同，它不规定数据怎么走，循环由你在 `forward` 里写，所以可以做 `nn.Sequential` 做不到的事，例如把每一层的结果加起来：

# %% [markdown] tags=["en"]
# If the number of layers is not fixed, use an `nn.ModuleList`: a list that registers what is in it, with the position in the parameters' names. Unlike `nn.Sequential` it doesn't say how the data goes: you write the loop in `forward` yourself, so you can do what `nn.Sequential` can't, such as adding up what all the layers give:


# %%
class Sum(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(3, 1) for _ in range(count)])

    def forward(self, x):
        return sum(layer(x) for layer in self.layers)


print([name for name, _ in Sum(2).named_parameters()])
print(Sum(2)(torch.rand(4, 3)).shape)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.4b · 加上输入的塔（3 分）
#
# 层数很多的网络常把每一层的输出**加在**它的输入上（残差连接，residual connection），这样数据和梯度有一条直路可走。写类 `Tower(depth, width)`：`depth` 个 `nn.Linear(width, width)`（带偏置），每一层都做
#
# x ← x + ReLU(layer(x))
#
# - 输入和输出的形状都是 `(n, width)`。`depth` 是 0 时，输出就等于输入。
# - 每一层有自己的参数，都要登记：`state_dict()` 里有它们，跟着 `.to(…)` 走，次序从前到后。
# - 传进来的张量保持原样。
#
# 例：`Tower(2, 3)(torch.rand(5, 3)).shape` 得到 `torch.Size([5, 3])`。
#
# <details><summary>提示 1</summary>层数要等创建时才知道，所以层要放进一个会登记的列表。</details>
# <details><summary>提示 2</summary>在 <code>forward</code> 里循环；每一步的 x 就是下一步的 x。</details>
# <details><summary>提示 3</summary><code>nn.ModuleList</code> 和 <code>torch.relu</code>；<code>x += …</code> 会改动传进来的张量。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.4b · A tower that adds its input (3 points)
#
# Networks of many layers often **add** what a layer gives to what it took (a residual connection), which gives data and gradients a straight way through. Write the class `Tower(depth, width)`: it has `depth` layers `nn.Linear(width, width)` (with bias), and each of them does
#
# x ← x + ReLU(layer(x))
#
# - Input and output both have the shape `(n, width)`. With a `depth` of 0, the output equals the input.
# - Each layer has its own parameters, and all are registered: `state_dict()` has them, they move with `.to(…)`, and they come in the order of the layers.
# - Leave the tensor that is passed in as it is.
#
# Example: `Tower(2, 3)(torch.rand(5, 3)).shape` gives `torch.Size([5, 3])`.
#
# <details><summary>Hint 1</summary>How many layers there are is known only when the tower is made, so keep them in a list that registers them.</details>
# <details><summary>Hint 2</summary>Loop in <code>forward</code>; the x of each step is that of the next.</details>
# <details><summary>Hint 3</summary><code>nn.ModuleList</code> and <code>torch.relu</code>; <code>x += …</code> would change the tensor that was passed in.</details>


# %% nbgrader={"grade": false, "grade_id": "Tower", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Tower(nn.Module):
    """x (n, width) -> (n, width), each layer adding to its input"""

    def __init__(self, depth: int, width: int):
        super().__init__()
        ### BEGIN SOLUTION
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (n, width) -> (n, width)"""
        ### BEGIN SOLUTION
        for layer in self.layers:
            x = x + torch.relu(layer(x))
        return x
        ### END SOLUTION


# %% tags=["exercise"]
Tower(2, 3)(torch.rand(5, 3)).shape

# %% nbgrader={"grade": true, "grade_id": "Tower-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("Tower"):
    no_sum = checks.say(
        "没有加上输入：每一层都是 x + ReLU(layer(x))",
        "the input is not added: each layer gives x + ReLU(layer(x))",
    )
    no_relu = checks.say(
        "没有 ReLU：加上的是 ReLU(layer(x))", "there is no ReLU: what is added is ReLU(layer(x))"
    )
    outside = checks.say(
        "ReLU 只作用于 layer(x)，加上 x 之后不再做", "ReLU is for layer(x) alone, not for the sum with x"
    )
    first = checks.say(
        "每次加的都是最初的 x：应当加上这一层自己的输入",
        "the first x is added each time: add what this very layer took",
    )
    restart = checks.say(
        "每一层都从最初的 x 算起了：每一层接过的是前一层的结果",
        "each layer begins with the first x again: it should take what the layer before gave",
    )
    at_end = checks.say(
        "输入只在最后加了一次：每一层都要加", "the input is added once at the end: add it at every layer"
    )
    only_first = checks.say(
        "只经过了第一层：`return` 要写在循环之后",
        "only the first layer is used: `return` belongs after the loop",
    )
    backwards = checks.say("层的次序反了", "the layers come in the wrong order")

    def climb(x, parameters, step):
        start = x
        for position in range(0, len(parameters), 2):
            x = step(x, x @ parameters[position].T + parameters[position + 1], start)
        return x

    def right(x, y, start):
        return x + y.clamp(min=0)

    def plain(x, y, start):
        return y.clamp(min=0)

    def check_tower(depth, width, n, dtype=torch.float32):
        name = f"Tower({depth}, {width})"
        tower = Tower(depth, width).to(dtype)
        checks.is_module(tower, name=name)
        checks.parameter_shapes(tower, [(width, width), (width,)] * depth, name=name)
        parameters = list(tower.parameters())
        with torch.no_grad():
            for parameter in parameters:
                parameter.copy_(torch.randn(parameter.shape))
            x = torch.randn(n, width, dtype=dtype)
            before = x.clone()
            if depth > 0 and parameters[0].ndim == 2:
                pairs = [parameters[k : k + 2] for k in range(0, 2 * depth, 2)]
                reverse = [p for pair in reversed(pairs) for p in pair]
                mistakes = [
                    (climb(x, parameters, plain), no_sum),
                    (climb(x, parameters, lambda x, y, start: x + y), no_relu),
                    (climb(x, parameters, lambda x, y, start: (x + y).clamp(min=0)), outside),
                    (climb(x, parameters, lambda x, y, start: start + y.clamp(min=0)), first),
                    (climb(x, parameters, plain) + x, at_end),
                    (x + climb(x, parameters, lambda x, y, start: y).clamp(min=0), at_end),
                    (climb(x, parameters[:2], right), only_first),
                    (climb(x, reverse, right), backwards),
                    (climb(x, parameters[-2:], right), restart),
                    (x + sum(climb(x, pair, plain) for pair in pairs), restart),
                ]
                expected = climb(x, parameters, right)
            else:
                mistakes, expected = [], x.clone()
            checks.output(tower, x, expected, name=f"{name}(x)", mistakes=mistakes)
            checks.equal(
                x,
                before,
                name="x",
                hint=checks.say(
                    "传进来的张量被改动了：写 `x = x + …`，不要写 `x += …`",
                    "the tensor that was passed in has changed: write `x = x + …`, not `x += …`",
                ),
            )

    check_tower(3, 4, 5)
    check_tower(0, 4, 5)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_tower(1, 2, 6)
        check_tower(5, 3, 1)
        check_tower(2, 1, 8)
        check_tower(2, 3, 4, torch.float64)
        checks.true(
            len(Tower(3, 2).state_dict()) == 6,
            checks.say(
                "Tower(3, 2)：`state_dict()` 里应当正好有各层的权重和偏置",
                "Tower(3, 2): `state_dict()` should hold the layers' weights and biases and nothing else",
            ),
        )
        checks.own_parameters(lambda: Tower(2, 3), name="Tower(2, 3)")
        checks.moves(Tower(2, 3), torch.randn(4, 3), name="Tower(2, 3)")
        moved = Tower(0, 3)(torch.empty(4, 3, device="meta"))
        checks.device(moved, "meta", name="Tower(0, 3)(x)")
        out = Tower(2, 3)(torch.randn(4, 3))
        checks.true(
            out.requires_grad,
            checks.say(
                "Tower(2, 3)(x)：结果和参数断开了，没法训练：`forward` 里不要用 `no_grad` 或 `detach`",
                "Tower(2, 3)(x): the result has lost its tie to the parameters and can't be trained: no `no_grad` and "
                "no `detach` in `forward`",
            ),
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 冻结一部分
#
# 拿一个训练好的网络做新任务时，常常冻结它的身体，只训练新的头。对模块调用 `requires_grad_(False)`，里面的参数全部冻结；反向传播之后，冻结的参数没有梯度：

# %% [markdown] tags=["en"]
# ### Freezing a part
#
# To use a trained network for a new task, one often freezes its body and trains only a new head. A module's `requires_grad_(False)` freezes every parameter inside it; after the backward pass, frozen parameters have no gradient:

# %%
net = nn.Sequential(OrderedDict(body=nn.Linear(3, 4), relu=nn.ReLU(), head=nn.Linear(4, 2)))
net.body.requires_grad_(False)
net(torch.rand(5, 3)).sum().backward()
for name, param in net.named_parameters():
    print(f"{name:<12} requires_grad={param.requires_grad!s:<6} has a gradient: {param.grad is not None}")

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.4c · 冻结（2 分）
#
# 写函数 `freeze(model, prefix)`：`prefix` 是模型里一个模块的名字，例如 `"body"`，或更深处的 `"encoder.body"`。把这个模块里的参数全部冻结，返回这些参数一共有多少个数（`int`；本来就冻结的也算）。
#
# - 别的参数不动：`"body"` 不包括 `body2` 里的，`"0"` 不包括 `10` 里的。
# - 模块里没有参数（例如 ReLU），就返回 `0`。
# - 只改 `requires_grad`：数值、train/eval 模式都不变。
#
# 例：对上面的 `net`，`freeze(net, "body")` 得到 `16`。
#
# <details><summary>提示 1</summary>参数的名字是用点连起来的：模块名后面跟着什么？</details>
# <details><summary>提示 2</summary>在 <code>named_parameters()</code> 上循环；<code>"body2.weight".startswith("body")</code> 也成立，所以要比得更严。</details>
# <details><summary>提示 3</summary>或者用 <code>model.get_submodule(prefix)</code> 直接取出模块。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.4c · Freeze (2 points)
#
# Write `freeze(model, prefix)`: `prefix` is the name of a module in the model, `"body"`, say, or deeper inside, `"encoder.body"`. Freeze all parameters of that module and return how many numbers they have in all (an `int`; those that were frozen before count too).
#
# - Leave all others alone: `"body"` does not include those in `body2`, nor `"0"` those in `10`.
# - If the module has no parameters (a ReLU, say), return `0`.
# - Change `requires_grad` and nothing else: values and train/eval mode stay as they are.
#
# Example: for the `net` above, `freeze(net, "body")` gives `16`.
#
# <details><summary>Hint 1</summary>A parameter's name is joined with dots: what comes after the module's name?</details>
# <details><summary>Hint 2</summary>Loop over <code>named_parameters()</code>; <code>"body2.weight".startswith("body")</code> is true as well, so compare more strictly.</details>
# <details><summary>Hint 3</summary>Or get the module itself with <code>model.get_submodule(prefix)</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "freeze", "locked": false, "schema_version": 3, "solution": true, "task": false}
def freeze(model: nn.Module, prefix: str) -> int:
    """model, the name of a module in it -> how many numbers were frozen"""
    ### BEGIN SOLUTION
    count = 0
    for name, parameter in model.named_parameters():
        if name.startswith(prefix + "."):
            parameter.requires_grad = False
            count += parameter.numel()
    return count
    ### END SOLUTION


# %% tags=["exercise"]
net = nn.Sequential(OrderedDict(body=nn.Linear(3, 4), relu=nn.ReLU(), head=nn.Linear(4, 2)))
freeze(net, "body")

# %% nbgrader={"grade": true, "grade_id": "freeze-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy
from collections import OrderedDict

import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("freeze"):
    tensors = checks.say(
        "这是张量的个数，要数的是里面的数", "that is how many tensors there are; count the numbers in them"
    )
    nothing = checks.say(
        "参数没有冻结：要改的是每个**参数**的 `requires_grad`（模块用 `requires_grad_(False)`），名字要拼对",
        "no parameter was frozen: set `requires_grad` of each *parameter* (for a module, `requires_grad_(False)`), "
        "and mind its spelling",
    )
    missing = checks.say(
        "有的参数该冻结而没有：模块里更深处的、偏置都要算",
        "some were left out: biases count, and what is deeper inside the module",
    )
    others = checks.say(
        "别的模块的参数也被冻结了：只管名字正好是 `prefix` 加一个点开头的",
        "parameters of other modules were frozen too: only those whose name begins with `prefix` and a dot",
    )
    already = checks.say("本来就冻结的也要数", "those that were frozen before count too")
    path = checks.say(
        "`prefix` 是一串名字，要一层一层找下去：`model.get_submodule(prefix)` 能找到",
        "`prefix` is a path of names, to be followed step by step: `model.get_submodule(prefix)` does that",
    )
    unfrozen = checks.say("本来冻结的参数被解冻了", "a parameter that was frozen before is not any more")

    def check_freeze(model, prefix):
        name = f'freeze(model, "{prefix}")'
        mark = checks.say("：", ": ")
        inside = model.get_submodule(prefix)
        chosen = {id(p) for p in inside.parameters()}
        before = {key: p.requires_grad for key, p in model.named_parameters()}
        old = copy.deepcopy(model)
        try:
            count = freeze(model, prefix)
        except (AttributeError, TypeError) as error:
            # `model.prefix`, `getattr(model, prefix)` and `model[prefix]`
            sought = (
                "no attribute 'prefix'",
                f"no attribute '{prefix}'",
                "cannot be interpreted as an integer",
            )
            if not any(words in str(error) for words in sought):
                raise
            raise checks.CheckFailed(f"{name}{mark}{error}{mark}{path}") from None
        now = {key: p.requires_grad for key, p in model.named_parameters()}
        within = {key for key, p in model.named_parameters() if id(p) in chosen}
        checks.true(
            now.keys() == before.keys(),
            name + mark + checks.say("模型少了或多了参数", "the model lost or gained parameters"),
        )
        checks.true(not within or not all(now[key] for key in within), name + mark + nothing)
        checks.true(not any(now[key] for key in within), name + mark + missing)
        checks.true(all(now[k] or not before[k] for k in now if k not in within), name + mark + others)
        checks.true(all(before[k] or not now[k] for k in now if k not in within), name + mark + unfrozen)
        expected = sum(p.numel() for p in inside.parameters())
        mistakes = [
            (len(within), tensors),
            (sum(p.numel() for key, p in model.named_parameters() if key in within and before[key]), already),
            (sum(p.numel() for p in model.parameters()), others),
        ]
        checks.equal(count, expected, name=name, mistakes=mistakes)
        same = checks.say("只改 `requires_grad`，别的不变", "change `requires_grad` and nothing else")
        checks.equal(
            [m.training for m in model.modules()],
            [m.training for m in old.modules()],
            name=checks.say("train/eval 模式", "train/eval mode"),
            hint=same,
        )
        checks.equal(dict(model.state_dict()), dict(old.state_dict()), name="state_dict", hint=same)

    def a_model():
        body = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 4))
        return nn.Sequential(
            OrderedDict(body=body, relu=nn.ReLU(), body2=nn.Linear(4, 4), head=nn.Linear(4, 2))
        )

    check_freeze(a_model(), "head")
    check_freeze(a_model(), "body")
    check_freeze(a_model(), "relu")
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        nested = nn.Sequential(OrderedDict(encoder=a_model(), decoder=a_model(), body=nn.Linear(2, 2)))
        check_freeze(nested, "encoder.body")
        check_freeze(nested, "encoder.body.2")
        check_freeze(nested, "body")
        check_freeze(nn.Sequential(*(nn.Linear(1, 2) for _ in range(12))), "1")
        frozen_before = a_model()
        frozen_before.body[0].weight.requires_grad_(False)
        frozen_before.body2.requires_grad_(False)
        check_freeze(frozen_before, "body")
        check_freeze(a_model().eval(), "body2")
        scaled = a_model()
        scaled.body_scale = nn.Parameter(torch.ones(3))
        check_freeze(scaled, "body")
        embedded = nn.Sequential(
            OrderedDict(x=nn.Sequential(OrderedDict(body=nn.Linear(2, 3))), body=nn.Linear(3, 1))
        )
        check_freeze(embedded, "body")
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 初始值
#
# 参数一开始是随机数。`nn.Linear` 的权重和偏置都取自 (−1/√d, 1/√d) 之间的均匀分布，d 是输入的个数¹。
#
# <small>¹ 源码里写作 `kaiming_uniform_(weight, a=√5)`，算出来就是这个范围。</small>

# %% [markdown] tags=["en"]
# ### The first values
#
# Parameters begin as random numbers. `nn.Linear` takes its weights and biases from the uniform distribution between −1/√d and 1/√d, where d is the number of inputs¹.
#
# <small>¹ PyTorch's source code says `kaiming_uniform_(weight, a=√5)`, which works out to just that.</small>

# %%
torch.manual_seed(0)
layer = nn.Linear(100, 500)
print(f"weights from {layer.weight.min().item():.3f} to {layer.weight.max().item():.3f}")
print(f"biases  from {layer.bias.min().item():.3f} to {layer.bias.max().item():.3f}")

# %% [markdown] tags=["zh"]
# 为什么要随机？如果权重一开始都相同，同一层的每个单元就算出同样的数，得到同样的梯度（下面每一行都一样），训练一辈子也还是同一个单元。全是 0 更糟：隐藏层的梯度也全是 0。

# %% [markdown] tags=["en"]
# Why random? If all weights begin equal, every unit of a layer computes the same number and gets the same gradient (below, the rows are equal), and however long you train, they stay one and the same unit. All zeros is worse: the gradients of the hidden layer are all 0 too.

# %%
x = torch.tensor([[1.0, 2.0], [3.0, -1.0]])
for value in (0.5, 0.0):
    net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
    for param in net.parameters():
        nn.init.constant_(param, value)
    net(x).sum().backward()
    print(f"all weights {value}: gradients", net[0].weight.grad.tolist())

# %% [markdown] tags=["zh"]
# 随机数该多大？数据每过一层，都要乘上权重再加起来。权重太小，信号一层比一层弱，最后全是 0；太大，就一层比一层强，最后爆炸。ReLU 会丢掉大约一半，何恺明等人算出，标准差取 **√(2/d)** 时强弱大致不变（Kaiming 初始化，也叫 He 初始化）。下面让数据走过 10 层，每层 256 个单元，权重的标准差分别是 √(2/d) 的一半、一倍和两倍：

# %% [markdown] tags=["en"]
# How large should the random numbers be? In each layer the data is multiplied by the weights and added up. With weights too small, the signal fades from layer to layer until all is 0; too large, and it grows until it explodes. ReLU throws away about half of it, and Kaiming He and others worked out that a standard deviation of **√(2/d)** keeps its strength roughly the same (Kaiming or He initialisation). Here the data goes through 10 layers of 256 units each, with weights whose standard deviation is half of √(2/d), just that, and twice that:

# %%
torch.manual_seed(0)
figure, axes = plt.subplots(3, 4, figsize=(11, 5.5), sharex=True)
for row, factor in zip(axes, (0.5, 1, 2), strict=True):
    x = torch.randn(500, 256)
    for number in range(1, 11):
        weight = torch.randn(256, 256) * factor * (2 / 256) ** 0.5
        x = torch.relu(x @ weight.T)
        if number in (1, 4, 7, 10):
            axis = row[number // 3]
            axis.hist(x.flatten().clamp(max=5).numpy(), bins=40, range=(0, 5), density=True)
            axis.set_yscale("log")
            axis.set_yticks([])
            axis.minorticks_off()
            axis.set_title(f"layer {number}: std {x.std().item():.2g}", fontsize=10)
    row[0].set_ylabel(f"{factor} x sqrt(2/d)")
figure.tight_layout()
plt.show()

# %% [markdown] tags=["zh"]
# 横轴是这一层输出的数（大于 5 的都算在 5 上），纵轴是它们所占的比例（对数刻度）。上面一行缩到 0，下面一行冲出右边，只有中间一行 10 层以后还是老样子。
#
# `nn.init` 里有现成的初始化，名字都以 `_` 结尾，就地改，也不记进计算图：`normal_`、`zeros_`、`constant_`、`kaiming_normal_`……要找到模型里的每一层，用 `modules()`：它给出模型自己和里面的所有模块，多深都给。

# %% [markdown] tags=["en"]
# Across is the activation (what is above 5 is counted at 5), upwards its share on a logarithmic scale. The upper row shrinks to 0, the lower one runs off to the right; only the middle one looks much the same after 10 layers.
#
# `nn.init` has initialisations ready; their names end in `_`, since they work in place, and they are not recorded in the graph: `normal_`, `zeros_`, `constant_`, `kaiming_normal_` and more. To get at every layer of a model use `modules()`: it gives the model itself and all modules inside it, at any depth.

# %%
deep = nn.Sequential(nn.Flatten(), nn.Sequential(nn.Linear(4, 3), nn.Sequential(nn.ReLU())))
for module in deep.modules():
    print(type(module).__name__, isinstance(module, nn.ReLU))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.4d · 好的开头（3 分）
#
# 写函数 `initialise(model)`：就地改动模型，把其中每个 `nn.Linear`（不管多深，模型自己也可能就是一个）重新初始化：权重取自均值 0、标准差 √(2/d) 的正态分布，d 是这一层的输入个数；偏置都是 0。
#
# - 有的线性层没有偏置（`bias=False`，这时 `layer.bias` 是 `None`）。
# - 别的层不动；`requires_grad` 和 dtype 不变。
# - 返回什么都行，也可以什么都不返回。
#
# 例：`layer = nn.Linear(200, 300)`；`initialise(layer)` 之后，`layer.weight.std()` 大约是 0.1，`layer.bias` 全是 0。
#
# <details><summary>提示 1</summary>用 <code>modules()</code> 循环，用 <code>isinstance</code> 挑出线性层。</details>
# <details><summary>提示 2</summary>标准差要开平方；<code>in_features</code> 是输入的个数。</details>
# <details><summary>提示 3</summary><code>nn.init.normal_(张量, mean, std)</code> 和 <code>nn.init.zeros_</code>；改之前看看偏置是不是 <code>None</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.4d · A good start (3 points)
#
# Write `initialise(model)`: change the model in place and give every `nn.Linear` in it (however deep inside; the model itself may be one) new first values: weights from a normal distribution with mean 0 and standard deviation √(2/d), where d is the number of inputs of that layer, and biases all 0.
#
# - Some linear layers have no bias (`bias=False`; then `layer.bias` is `None`).
# - Leave other layers alone; `requires_grad` and dtype stay as they are.
# - Return what you like, or nothing.
#
# Example: `layer = nn.Linear(200, 300)`; after `initialise(layer)`, `layer.weight.std()` is about 0.1 and `layer.bias` is all 0.
#
# <details><summary>Hint 1</summary>Loop over <code>modules()</code> and pick out the linear layers with <code>isinstance</code>.</details>
# <details><summary>Hint 2</summary>The standard deviation is a square root; <code>in_features</code> is the number of inputs.</details>
# <details><summary>Hint 3</summary><code>nn.init.normal_(tensor, mean, std)</code> and <code>nn.init.zeros_</code>; look first whether the bias is <code>None</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "initialise", "locked": false, "schema_version": 3, "solution": true, "task": false}
def initialise(model: nn.Module) -> None:
    """new weights and biases for every nn.Linear in the model, in place"""
    ### BEGIN SOLUTION
    for module in model.modules():
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, 0, (2 / module.in_features) ** 0.5)
            if module.bias is not None:
                nn.init.zeros_(module.bias)
    ### END SOLUTION


# %% tags=["exercise"]
layer = nn.Linear(200, 300)
initialise(layer)
layer.weight.std()

# %% nbgrader={"grade": true, "grade_id": "initialise-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("initialise"):
    mark = checks.say("：", ": ")
    unchanged = checks.say(
        "权重还是原来的：要就地改每个线性层，包括更深处的和模型自己（`modules()`）",
        "the weights are still the old ones: change every linear layer in place, also deeper inside and the model itself "
        "(`modules()`)",
    )
    spread = {
        "out": checks.say(
            "用了输出的个数：要除以输入的个数 `in_features`",
            "that is the number of outputs: divide by the number of inputs, `in_features`",
        ),
        "one": checks.say("分子应是 2：ReLU 丢掉一半", "it is 2 above the line: ReLU throws half away"),
        "root": checks.say(
            "忘了开平方：那是方差，不是标准差",
            "the square root is missing: that is the variance, not the standard deviation",
        ),
        "fixed": checks.say(
            "标准差是 1，应是 √(2/d)：`nn.init.normal_` 的参数依次是张量、均值、标准差",
            "the standard deviation is 1 and should be √(2/d): `nn.init.normal_` takes the tensor, the mean and the "
            "standard deviation, in that order",
        ),
        "sum": checks.say(
            "用了输入和输出的总数：只除以输入的个数",
            "that uses inputs and outputs together: divide by the inputs alone",
        ),
        "other": checks.say(
            "标准差不对：应是 √(2/d)，d 是这一层的 `in_features`",
            "the standard deviation is wrong: it is √(2/d) with d the layer's `in_features`",
        ),
    }
    normal = checks.say(
        "不是正态分布：形状不对（均匀分布没有长尾巴）",
        "that is not a normal distribution: its shape is wrong (a uniform one has no tails)",
    )
    mean = checks.say("均值应是 0", "the mean should be 0")
    bias = checks.say("偏置应当全是 0", "biases should be all 0")
    no_bias = checks.say(
        "没有偏置的线性层（`bias=False`）：`layer.bias` 是 `None`，改之前先看 `layer.bias is not None`",
        "a linear layer without a bias (`bias=False`): `layer.bias` is `None`, so ask `layer.bias is not None` before "
        "you change it",
    )
    others = checks.say(
        "别的层也被改了：只改 `nn.Linear`", "other layers were changed too: change `nn.Linear` only"
    )
    wanted = checks.say(
        "`requires_grad` 或 dtype 变了：用 `nn.init` 或在 `no_grad` 里就地改数值，不要换成新的参数",
        "its `requires_grad` or dtype changed: change the values in place with `nn.init` or under `no_grad`, "
        "don't put a new parameter there",
    )
    leaf = checks.say(
        "不再是叶子：改数值要在 `torch.no_grad()` 里，或用 `nn.init`",
        "it is no leaf any more: change values under `torch.no_grad()` or with `nn.init`",
    )

    def call(model, name):
        # A layer without a bias is an edge case that deserves its own sentence.
        try:
            initialise(model)
        except (AttributeError, TypeError) as error:
            if "None" in str(error) and any(
                isinstance(m, nn.Linear) and m.bias is None for m in model.modules()
            ):
                raise checks.CheckFailed(name + mark + no_bias) from None
            raise
        except RuntimeError as error:
            # `if layer.bias:` asks a tensor of many numbers whether it is true.
            if "Boolean value of Tensor" in str(error):
                raise checks.CheckFailed(name + mark + no_bias) from None
            raise

    def check_weight(weight, name):
        out, d = weight.shape
        right, found = (2 / d) ** 0.5, weight.double().std().item()
        guesses = {
            "out": (2 / out) ** 0.5,
            "one": (1 / d) ** 0.5,
            "root": 2 / d,
            "fixed": 1.0,
            "sum": (2 / (d + out)) ** 0.5,
        }
        # 100,000 numbers and more: 3 % is at least 13 standard errors.
        if abs(found / right - 1) > 0.03:
            near = [key for key, value in guesses.items() if abs(found / value - 1) < 0.03]
            raise checks.CheckFailed(name + mark + spread[near[0] if near else "other"])
        checks.true(abs(weight.double().mean().item()) < 0.03 * right, name + mark + mean)
        beyond = (weight.abs() > 2 * right).double().mean().item()
        checks.true(0.038 < beyond < 0.053, name + mark + normal)

    def check_model(model, name):
        old = copy.deepcopy(model)
        call(model, name)
        before = dict(old.named_modules())
        checks.true(before.keys() == dict(model.named_modules()).keys(), name + mark + others)
        for path, module in model.named_modules():
            where = f"{name} {path}".strip()
            for key, parameter in module.named_parameters(recurse=False):
                was = before[path].get_parameter(key)
                here = f"{where}.{key}" if path else f"{where} {key}"
                checks.true(isinstance(parameter, nn.Parameter) and parameter.is_leaf, here + mark + leaf)
                checks.true(
                    parameter.requires_grad == was.requires_grad and parameter.dtype == was.dtype,
                    here + mark + wanted,
                )
                checks.shape(parameter, was.shape, name=here)
                if not isinstance(module, nn.Linear):
                    checks.true(torch.equal(parameter, was), here + mark + others)
                elif key == "bias":
                    checks.true(not parameter.any(), here + mark + bias)
                else:
                    checks.true(not torch.equal(parameter, was), here + mark + unchanged)
                    if parameter.numel() >= 100_000:
                        check_weight(parameter.detach(), here)
            checks.true(
                not isinstance(module, nn.Linear) or (module.bias is None) == (before[path].bias is None),
                where + mark + no_bias,
            )

    check_model(nn.Sequential(nn.Linear(200, 600), nn.ReLU(), nn.Linear(600, 2)), "initialise(Sequential)")
    check_model(nn.Linear(500, 250), "initialise(Linear)")
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        inner = nn.Sequential(nn.Linear(50, 2000), nn.BatchNorm1d(2000), nn.Sequential(nn.Linear(2000, 60)))
        check_model(
            nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), inner, nn.LayerNorm(60)), "initialise(model)"
        )
        check_model(nn.Sequential(nn.Linear(300, 400, bias=False), nn.Linear(400, 3)), "initialise(model)")
        frozen = nn.Sequential(nn.Linear(300, 400), nn.Linear(400, 3)).requires_grad_(False)
        frozen[1].bias.requires_grad_(True)
        check_model(frozen, "initialise(model)")
        check_model(nn.Linear(400, 300, dtype=torch.float64), "initialise(model)")
        check_model(nn.Sequential(nn.Embedding(3, 4), nn.ReLU()), "initialise(model)")
        twins = nn.Sequential(nn.Linear(8, 8), nn.Linear(8, 8))
        call(twins, "initialise(model)")
        checks.true(
            not torch.equal(twins[0].weight, twins[1].weight),
            checks.say(
                "initialise(model)：两层得到同样的随机数：不要在里面设种子",
                "initialise(model): two layers got the same random numbers: set no seed inside",
            ),
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 训练模式和评估模式
#
# 有的层在训练时和使用时做的事不一样。每个模块都有 `training` 标志，一开始是 `True`；`model.eval()` 把它和里面所有模块的都设成 `False`，`model.train()` 再设回来。
#
# `nn.Dropout(p)` 在训练时以概率 p 把每个元素变成 0，让网络不能只依赖少数几个单元；剩下的除以 1 − p，这样平均大小不变。评估时它什么也不做：

# %% [markdown] tags=["en"]
# ### Train mode and eval mode
#
# Some layers do one thing during training and another in use. Every module has a flag `training`, `True` at first; `model.eval()` sets it to `False`, its own and that of all modules inside, and `model.train()` sets it back.
#
# During training, `nn.Dropout(p)` turns each element into 0 with probability p, so that a network can't rely on a few of its units; it divides the others by 1 − p, which keeps the average size the same. In eval mode it does nothing:

# %%
torch.manual_seed(0)
dropout = nn.Dropout(0.5)
x = torch.ones(8)
print(dropout.training, dropout(x))
dropout.eval()
print(dropout.training, dropout(x))

# %% [markdown] tags=["zh"]
# `nn.BatchNorm1d` 在训练时用**这一批**的均值和方差标准化，同时把它们记进滑动平均（缓冲区）：从 0 和 1 开始，每来一批，就朝这一批的均值和方差走十分之一（下面是 15，和除以 n − 1 的方差 50）；评估时用记下来的平均，所以一个样本的结果不再取决于同一批里有谁：

# %% [markdown] tags=["en"]
# During training, `nn.BatchNorm1d` standardises with the mean and variance of **this batch** and notes them in its running averages (buffers): these begin at 0 and 1, and each batch pulls them a tenth of the way to its own mean and variance (below, 15 and, divided by n − 1, 50). In eval mode it uses those averages, so that the result for one sample no longer depends on what else is in its batch:

# %%
norm = nn.BatchNorm1d(1)
batch = torch.tensor([[10.0], [20.0]])
print("train:", [round(number, 2) for number in norm(batch).flatten().tolist()])
print(f"running mean {norm.running_mean.item():.2f}, running variance {norm.running_var.item():.2f}")
norm.eval()
print("eval: ", [round(number, 2) for number in norm(batch).flatten().tolist()])

# %% [markdown] tags=["zh"]
# `eval()` 和 `torch.no_grad()` 是两回事：前者改变层的**行为**，后者不记**计算图**。评估时两个都要：

# %% [markdown] tags=["en"]
# `eval()` and `torch.no_grad()` are two different things: one changes what layers **do**, the other leaves out the **graph**. For an evaluation you want both:

# %%
model.eval()
print(model.training, model.flatten.training, model(X).requires_grad)
with torch.no_grad():
    print(model(X).requires_grad)
model.train()
print(model.training)

# %% [markdown] tags=["zh"]
# 自己写的模块也有 `self.training`，在 `forward` 里看它就行。这个模块在训练时加上一点噪声：

# %% [markdown] tags=["en"]
# A module of your own has `self.training` too; look at it in `forward`. This one adds a little noise during training:


# %%
class Noise(nn.Module):
    def forward(self, x):
        if self.training:
            return x + 0.1 * torch.randn_like(x)
        return x


noise = Noise()
print(torch.equal(noise(x), x))
noise.eval()
print(torch.equal(noise(x), x))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 4.4e · 自己的 dropout（3 分）
#
# 写类 `RandomZeros(p)`，0 ≤ p < 1：
#
# - 训练模式下，`x` 的每个元素各自以概率 `p` 变成 0，其余的除以 1 − p。每次调用重新抽，用 PyTorch 的随机数（`torch.manual_seed` 能重现）。
# - 评估模式下，以及 `p` 是 0 时，结果和 `x` 完全相等。
# - `x` 是任意形状的浮点张量；形状、dtype 和设备不变，`x` 保持原样，梯度能传回去。
# - 没有参数。不要用 PyTorch 现成的 dropout。
#
# 例：`RandomZeros(0.5)(torch.ones(4))` 可能得到 `tensor([2., 0., 0., 2.])`；`RandomZeros(0.5).eval()(torch.ones(4))` 得到 `tensor([1., 1., 1., 1.])`。
#
# <details><summary>提示 1</summary>怎样从 0 到 1 之间的均匀随机数，得到一个以概率 p 成立的真假？</details>
# <details><summary>提示 2</summary>形状、dtype、设备都像 <code>x</code> 的随机数：<code>torch.rand_like</code>。</details>
# <details><summary>提示 3</summary>布尔值可以乘在浮点张量上；模式在 <code>self.training</code> 里。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 4.4e · A dropout of your own (3 points)
#
# Write the class `RandomZeros(p)`, with 0 ≤ p < 1:
#
# - In train mode, each element of `x` by itself becomes 0 with probability `p`, and the others are divided by 1 − p. Every call draws anew, with PyTorch's random numbers (`torch.manual_seed` repeats them).
# - In eval mode, and if `p` is 0, the result equals `x` exactly.
# - `x` is a float tensor of any shape; shape, dtype and device stay the same, `x` stays as it is, and gradients get back through it.
# - It has no parameters. Don't use PyTorch's own dropout.
#
# Example: `RandomZeros(0.5)(torch.ones(4))` may give `tensor([2., 0., 0., 2.])`, and `RandomZeros(0.5).eval()(torch.ones(4))` gives `tensor([1., 1., 1., 1.])`.
#
# <details><summary>Hint 1</summary>Given uniform random numbers between 0 and 1, how do you get something that is true with probability p?</details>
# <details><summary>Hint 2</summary>Random numbers with the shape, dtype and device of <code>x</code>: <code>torch.rand_like</code>.</details>
# <details><summary>Hint 3</summary>A float tensor can be multiplied by booleans; the mode is in <code>self.training</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "RandomZeros", "locked": false, "schema_version": 3, "solution": true, "task": false}
class RandomZeros(nn.Module):
    """x (...) -> (...), in train mode with zeros in random places"""

    def __init__(self, p: float):
        super().__init__()
        ### BEGIN SOLUTION
        self.p = p
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x (...) float -> (...)"""
        ### BEGIN SOLUTION
        if not self.training:
            return x
        return x * (torch.rand_like(x) >= self.p) / (1 - self.p)
        ### END SOLUTION


# %% tags=["exercise"]
RandomZeros(0.5)(torch.ones(4))

# %% nbgrader={"grade": true, "grade_id": "RandomZeros-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from pytorch_learning import checks


class OwnWork(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        name = getattr(function, "__name__", "")
        checks.true(
            "dropout" not in name,
            checks.say(
                f"RandomZeros：这次不用现成的 `{name}`，用随机数和比较自己写",
                f"RandomZeros: leave out the ready-made `{name}` this time and write it with random numbers and a comparison",
            ),
        )
        return function(*args, **(kwargs or {}))


with checks.exercise("RandomZeros"), OwnWork():
    mark = checks.say("：", ": ")
    exactly = checks.say(
        "评估模式下应和 `x` 完全相等：看 `self.training`，也不要除以 1 − p",
        "in eval mode it should equal `x` exactly: look at `self.training`, and don't divide by 1 − p",
    )
    nothing = checks.say(
        "训练模式下没有一个 0：`self.training` 是不是看反了？每个元素要各抽各的",
        "there is not a single 0 in train mode: is `self.training` the wrong way round? And draw for each element",
    )
    unscaled = checks.say("没有变成 0 的要除以 1 − p", "what did not become 0 is divided by 1 − p")
    multiplied = checks.say("乘以了 1 − p：应是除以", "that is multiplied by 1 − p: divide by it")
    by_p = checks.say("除以了 p：应是除以 1 − p", "that is divided by p: divide by 1 − p")
    kept = checks.say(
        "p 是变成 0 的概率，不是保留的概率：比较反了",
        "p is the probability of a 0, not of staying: turn the comparison round",
    )
    share = checks.say(
        "0 的比例不对：每个元素都以概率 p 变成 0（`rand`，不是 `randn`）",
        "the share of zeros is wrong: each element becomes 0 with probability p (`rand`, not `randn`)",
    )
    values = checks.say("没有变成 0 的应是 x ÷ (1 − p)", "what did not become 0 should be x ÷ (1 − p)")
    together = checks.say(
        "整行或整列一起变成了 0：每个元素要各抽各的",
        "whole rows or columns become 0 together: draw for each element",
    )
    anew = checks.say(
        "两次调用得到同样的 0：每次 `forward` 都要重新抽，不要设种子",
        "two calls gave the same zeros: draw anew in each `forward`, and set no seed",
    )
    seeded = checks.say(
        "`torch.manual_seed` 重现不了：要用 PyTorch 的随机数",
        "`torch.manual_seed` does not repeat it: use PyTorch's random numbers",
    )
    no_parameters = checks.say("不应有参数", "it should have no parameters")
    changed = checks.say(
        "传进来的 `x` 被改动了：不要就地运算", "the `x` that was passed in has changed: don't work in place"
    )
    frozen_dtype = checks.say(
        "随机数和 1 − p 都不要改变 dtype：`torch.rand_like(x)`",
        "neither the random numbers nor 1 − p should change the dtype: `torch.rand_like(x)`",
    )

    def run(module, x, name):
        before = x.detach().clone()
        result = module(x)
        checks.is_tensor(result, name=name)
        checks.shape(result, before.shape, name=name)
        checks.dtype(result, before.dtype, name=name, hint=frozen_dtype)
        checks.true(torch.equal(x.detach(), before), name + mark + changed)
        return result.detach()

    def check_zeros(p, shape, dtype=torch.float32):
        name = checks.say(f"RandomZeros({p})(x)，训练模式", f"RandomZeros({p})(x) in train mode")
        module = RandomZeros(p)
        checks.is_module(module, name=f"RandomZeros({p})")
        checks.true(not list(module.parameters()), f"RandomZeros({p})" + mark + no_parameters)
        x = torch.rand(shape, dtype=dtype) + 1
        state = torch.get_rng_state()
        y = run(module, x, name)
        zero = y == 0
        found = zero.double().mean().item()
        checks.true(bool(zero.any()), name + mark + nothing)
        staying = ~zero
        for wrong, sentence in ((x, unscaled), (x * (1 - p), multiplied), (x / p, by_p)):
            if abs(p - 0.5) > 0.01 or sentence is not by_p:
                same = torch.allclose(y[staying], wrong[staying]) and bool(staying.any())
                swapped = abs(found - (1 - p)) < 0.015 and sentence is by_p
                checks.true(not same, name + mark + (kept if swapped else sentence))
        # At least 90,000 elements: 0.015 is 9 standard errors.
        if abs(p - 0.5) > 0.03:
            checks.true(abs(found - (1 - p)) > 0.015, name + mark + kept)
        rows, columns = zero.double().mean(1), zero.double().mean(0)
        # With 300 in each, one all of zeros (or with none) comes once in 10**37 at these p.
        checks.true(
            all(0 < part.min().item() and part.max().item() < 1 for part in (rows, columns)),
            name + mark + together,
        )
        checks.true(abs(found - p) < 0.015, name + mark + share)
        checks.true(torch.allclose(y[staying], (x / (1 - p))[staying], rtol=1e-5), name + mark + values)
        checks.true(not torch.equal(module(x).detach() == 0, zero), name + mark + anew)
        torch.set_rng_state(state)
        checks.true(torch.equal(module(x).detach() == 0, zero), name + mark + seeded)
        network = nn.Sequential(module)
        network.eval()
        name = checks.say(f"RandomZeros({p})(x)，评估模式", f"RandomZeros({p})(x) in eval mode")
        checks.true(torch.equal(run(network, x, name), x), name + mark + exactly)
        network.train()
        checks.true(
            bool((network(x) == 0).any()),
            checks.say(
                f"RandomZeros({p})：`eval()` 之后再 `train()`，应当又有 0：`forward` 里每次都看 `self.training`",
                f"RandomZeros({p}): after `eval()` and `train()` again, there should be zeros again: look at "
                "`self.training` at every call",
            ),
        )

    check_zeros(0.3, (300, 300))
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_zeros(0.75, (300, 400), torch.float64)
        check_zeros(0.5, (400, 300))
        x = torch.randn(2, 3, 4)
        name = checks.say("p = 0", "p = 0")
        checks.equal(run(RandomZeros(0), x, name), x, name=name)
        run(RandomZeros(0.5), torch.tensor(1.5), "RandomZeros(0.5)(x)")
        run(RandomZeros(0.5), torch.randn(2, 3, 4, dtype=torch.bfloat16), "RandomZeros(0.5)(x)")
        checks.moves(RandomZeros(0.5), x, name="RandomZeros(0.5)")
        leaf = (torch.rand(50, 4) + 1).requires_grad_()
        y = RandomZeros(0.2)(leaf)
        checks.true(
            y.requires_grad,
            checks.say(
                "RandomZeros(0.2)(x)：结果和 `x` 断开了，梯度传不回去：不要用 `detach`、`no_grad`、`item` 或 `torch.tensor(…)`",
                "RandomZeros(0.2)(x): the result has lost its tie to `x`, no gradient gets back: leave out `detach`, "
                "`no_grad`, `item` and `torch.tensor(…)`",
            ),
        )
        y.sum().backward()
        checks.gradient(leaf, (y.detach() != 0) / 0.8, name="x")
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 现在你会了
#
# - 写自己的 `nn.Module`：在 `__init__` 里创建层，在 `forward` 里使用它们；
# - 用 `nn.Flatten`、`nn.Linear`、`nn.ReLU`、`nn.Sequential`、`nn.Softmax` 搭网络，随时说出每一步的形状；
# - 说清 logits、概率和预测类别的区别，知道 softmax 沿哪个维度、放在哪里；
# - 找出模型的全部参数，数它们、冻结它们、给它们好的初值；
# - 在训练模式和评估模式之间切换，知道它和 `no_grad` 的区别。
#
# 接下来读：PyTorch 官方的 [Build the Neural Network 教程](https://pytorch.org/tutorials/beginner/basics/buildmodel_tutorial.html)和 [`torch.nn` 的全部模块](https://pytorch.org/docs/stable/nn.html)。

# %% [markdown] tags=["en"]
# ## What you can do now
#
# - write an `nn.Module` of your own: create layers in `__init__` and use them in `forward`;
# - build networks from `nn.Flatten`, `nn.Linear`, `nn.ReLU`, `nn.Sequential` and `nn.Softmax`, and name the shape at every step;
# - tell logits, probabilities and predicted classes apart, and say along which dimension softmax goes and where it belongs;
# - find all parameters of a model, count them, freeze them and give them good first values;
# - switch between train and eval mode, and say how that differs from `no_grad`.
#
# Read on: PyTorch's own tutorial [Build the Neural Network](https://pytorch.org/tutorials/beginner/basics/buildmodel_tutorial.html) and [all modules of `torch.nn`](https://pytorch.org/docs/stable/nn.html).

# %% [markdown] tags=["zh", "exercise"]
# ## 成绩
#
# 运行下面的单元格，看看每道练习的情况。没有通过的，回去再试；改完答案要重新运行检查单元格。

# %% [markdown] tags=["en", "exercise"]
# ## Your points
#
# Run the cell below to see how each exercise stands. Go back to those that have not passed; after changing an answer, run its check again.

# %% tags=["exercise"]
checks.summary("04_neural_networks")
