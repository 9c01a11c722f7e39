# ---
# jupyter:
#   jupytext:
#     formats: 05_training//ipynb,py:percent
#     notebook_metadata_filter: jupytext,-jupytext.text_representation,-kernelspec
# ---

# %% [markdown] tags=["zh"]
# # 5 训练神经网络
#
# 上一节搭好的网络什么也不会：参数是随机数，只能瞎猜。训练就是反复做同一件小事：拿一批图片让网络猜，算出猜得有多差，这个数叫**损失**（loss），再把每个参数往「差得少一点」的方向挪一小步。几百步、几千步以后，网络就学会了。
#
# 往哪个方向挪，由 autograd 告诉我们，所以先把它讲清楚；接着是损失、优化器和训练循环，然后用 FashionMNIST 真正训练一个网络，看看它错在哪里，以及学不会的时候怎么办。
#
# - **怎么学**：从上往下读，每个代码单元格都运行一下（`Shift`+`Enter`），改一改再运行。
# - **怎么练**：练习在讲解后面。写答案，运行，再运行下面的检查单元格：绿色的一行表示通过，红色的会告诉你错在哪里。
# - **多少**：13 道练习，共 37 分，大约 3 小时。

# %% [markdown] tags=["en"]
# # 5 Training a neural network
#
# The network of the last section knows nothing: its parameters are random numbers, and all it can do is guess. Training repeats one small thing: let the network guess on a batch of pictures, work out how bad the guesses are (the **loss**), and move every parameter a little in the direction that makes them less bad. Hundreds or thousands of steps later, the network has learned.
#
# Autograd says which direction that is, so it comes first. Then come the loss, the optimiser and the training loop; with them you train a network on FashionMNIST, look at what it gets wrong, and see what to do when it doesn't learn.
#
# - **How to read**: from top to bottom, running every code cell (`Shift`+`Enter`). Change something and run it again.
# - **How to practise**: exercises follow the explanations. Write your answer, run it, then run the check below it: a green line means it passed, a red one tells you what is wrong.
# - **How much**: 13 exercises, 37 points, about 3 hours.

# %%
import copy
import math
import sys

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn import functional as F
from torch.utils.data import BatchSampler, DataLoader, RandomSampler, TensorDataset
from torchvision import datasets
from tqdm import tqdm

from pytorch_learning import checks, plots
from pytorch_learning.data import data_root

# %% tags=["zh"]
checks.language("zh")

# %% tags=["en"]
checks.language("en")

# %% [markdown] tags=["zh"]
# ## 5.1 autograd 的计算图
#
# 1.1 里已经见过：对 `requires_grad=True` 的张量做运算，autograd 就把每一步记进计算图。下面是最小的「网络」：一个样本 x，两个参数 w 和 b，输出 z，损失是 z 和目标 1 的差的平方。
#
# - 直接创建的张量是**叶子**（leaf）；模型的参数都是叶子。
# - 算出来的张量，只要有一个输入要梯度，自己就要梯度，也就有 `grad_fn`：得到它的那一步运算。

# %% [markdown] tags=["en"]
# ## 5.1 The graph that autograd records
#
# You have met it in 1.1: compute with tensors that have `requires_grad=True`, and autograd writes every step into the computational graph. Here is the smallest of "networks": one sample x, two parameters w and b, an output z, and as its loss the square of the difference between z and the target 1.
#
# - A tensor that you create directly is a **leaf**; the parameters of a model are leaves.
# - A tensor that was computed requires a gradient as soon as one of its inputs does; it then has a `grad_fn`: the operation that it came from.

# %%
x = torch.tensor([1.0, 2.0])
w = torch.tensor([0.5, -1.0], requires_grad=True)
b = torch.tensor(0.25, requires_grad=True)
z = w @ x + b
loss = (z - 1) ** 2
for name, tensor in [("x", x), ("w", w), ("b", b), ("z", z), ("loss", loss)]:
    step = tensor.grad_fn.name() if tensor.grad_fn else None
    print(f"{name:<5} requires_grad={tensor.requires_grad!s:<6} is_leaf={tensor.is_leaf!s:<6} grad_fn={step}")

# %%
plots.autograd_graph(loss, loss=loss, w=w, b=b, x=x)

# %% [markdown] tags=["zh"]
# `loss.backward()` 从损失出发，沿虚线往回走，每经过一步就乘上那一步的导数，这就是微积分里的链式法则。手算一遍：
#
# - 损失对 z：2(z − 1) = 2 × (−1.25 − 1) = −4.5；
# - z 对 w 是 x，所以损失对 w：−4.5 × (1, 2) = (−4.5, −9)；
# - z 对 b 是 1，所以损失对 b：−4.5。
#
# 走到要梯度的叶子，就把结果放进它的 `grad`。中间的 z 不留梯度（真要看，事先调用 `z.retain_grad()`）；x 不要梯度，什么也得不到。

# %% [markdown] tags=["en"]
# `loss.backward()` starts at the loss, follows the dashed arrows and multiplies by the derivative of each step that it passes: the chain rule of calculus. By hand:
#
# - the loss by z: 2(z − 1) = 2 × (−1.25 − 1) = −4.5;
# - z by w is x, so the loss by w is −4.5 × (1, 2) = (−4.5, −9);
# - z by b is 1, so the loss by b is −4.5.
#
# At a leaf that requires a gradient, the result goes into its `grad`. The z in between keeps none (to see it, call `z.retain_grad()` beforehand), and x, which requires none, gets nothing.

# %%
loss.backward()
print("w.grad =", w.grad)
print("b.grad =", b.grad)
print("x.grad =", x.grad)

# %% [markdown] tags=["zh"]
# 反向一次之后，图里存的中间值就释放了，同一张图不能再走第二次。这不碍事：每次前向都会记一张新的图。

# %% [markdown] tags=["en"]
# After one backward pass, the intermediate values that the graph kept are released, and the same graph can't be walked again. That does no harm, for every forward pass records a new one.

# %%
try:
    loss.backward()
except RuntimeError as error:
    print(str(error).split("(")[0])

# %% [markdown] tags=["zh"]
# 图可以自己走一走。`grad_fn.next_functions` 给出若干对 `(节点, 序号)`，节点是往回的下一步；不要梯度的输入那里是 `None`。走到叶子，节点的名字是 `AccumulateGrad`，它的 `.variable` 就是那个叶子本身，其他节点没有这个属性。

# %% [markdown] tags=["en"]
# You can walk the graph yourself. `grad_fn.next_functions` holds pairs `(node, number)`; the node is the next step back, or `None` for an input that requires no gradient. A leaf is reached at a node called `AccumulateGrad`, whose `.variable` is that very leaf; other nodes have no such attribute.

# %%
product = w * x
for node, _ in product.grad_fn.next_functions:
    print(node if node is None else node.name().split("::")[-1])
accumulator = product.grad_fn.next_functions[0][0]
print(accumulator.variable is w)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.1 · 梯度会到哪里（3 分）
#
# 写函数 `reached_leaves(output)`：返回一个列表，里面是从 `output` 反向会得到梯度的所有叶子，每个一次，顺序随意。
#
# - 只看图，不要真的反向：叶子的 `grad` 不变，图以后还能用。
# - `output` 没有图（不要梯度）时，返回空列表；`output` 自己就是要梯度的叶子时，返回 `[output]`。
# - 列表里要的是叶子本身，不是拷贝。
#
# 例：上面的 `z = w @ x + b`，`reached_leaves(z)` 返回 `w` 和 `b`，没有 `x`。
#
# <details><summary>提示 1</summary>从 <code>output.grad_fn</code> 出发，一步一步往回，把还没走过的节点记在一个列表里。</details>
# <details><summary>提示 2</summary>同一个节点可能从几条路走到：用一个 <code>set</code> 记住走过的节点。</details>
# <details><summary>提示 3</summary><code>hasattr(node, "variable")</code> 认出叶子。比较两个张量是不是同一个，用 <code>is</code>，不用 <code>==</code> 和 <code>in</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.1 · Where gradients arrive (3 points)
#
# Write `reached_leaves(output)`: return a list of all leaves that get a gradient when you go backward from `output`, each once, in any order.
#
# - Only look at the graph, don't go backward: the `grad` of the leaves stays as it is, and the graph can still be used afterwards.
# - If `output` has no graph (it requires no gradient), return an empty list; if it is itself a leaf that requires one, return `[output]`.
# - The list holds the leaves themselves, no copies.
#
# Example: with `z = w @ x + b` as above, `reached_leaves(z)` returns `w` and `b`, and no `x`.
#
# <details><summary>Hint 1</summary>Start at <code>output.grad_fn</code> and go back step by step, keeping a list of the nodes still to visit.</details>
# <details><summary>Hint 2</summary>Several ways may lead to the same node: remember those you have visited in a <code>set</code>.</details>
# <details><summary>Hint 3</summary><code>hasattr(node, "variable")</code> tells a leaf. Whether two tensors are the same one is asked with <code>is</code>, not with <code>==</code> or <code>in</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "reached_leaves", "locked": false, "schema_version": 3, "solution": true, "task": false}
def reached_leaves(output: torch.Tensor) -> list[torch.Tensor]:
    """output (...) -> the leaves that output.backward() would give a gradient"""
    ### BEGIN SOLUTION
    if output.grad_fn is None:
        return [output] if output.requires_grad else []
    leaves, visited, waiting = [], set(), [output.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is None or node in visited:
            continue
        visited.add(node)
        if hasattr(node, "variable"):
            leaves.append(node.variable)
        waiting += [source for source, _ in node.next_functions]
    return leaves
    ### END SOLUTION


# %% tags=["exercise"]
len(reached_leaves(nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1))(torch.rand(4, 3))))

# %% nbgrader={"grade": true, "grade_id": "reached_leaves-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("reached_leaves"):
    mark = checks.say("：", ": ")

    def check_leaves(output, leaves, name):
        same = checks.say(
            "比较张量的值了：`in`、`==` 和 `set` 以外的去重都会比较值；问是不是同一个张量用 `is`",
            "that compares values: `in` and `==` do; whether it is the same tensor is asked with `is`",
        )
        try:
            result = reached_leaves(output)
        except RuntimeError as error:
            if "Boolean value" in str(error) or "size of tensor" in str(error):
                raise checks.CheckFailed(name + mark + same) from None
            raise
        except AttributeError as error:
            pairs = checks.say(
                "`next_functions` 里是一对一对的 `(节点, 序号)`：用 `for node, _ in …` 取出节点",
                "`next_functions` holds pairs `(node, number)`: take out the node, as in `for node, _ in …`",
            )
            nothing = checks.say(
                "`next_functions` 里的 `None` 是不要梯度的输入：跳过它",
                "a `None` in `next_functions` is an input that requires no gradient: skip it",
            )
            if output.grad_fn is None:
                nothing = checks.say(
                    "`output.grad_fn` 可能是 `None`：`output` 自己是叶子，或者没有图",
                    "`output.grad_fn` may be `None`: `output` is itself a leaf, or has no graph",
                )
            for sign, told in (("'tuple' object", pairs), ("'NoneType' object", nothing)):
                if sign in str(error):
                    raise checks.CheckFailed(name + mark + told) from None
            raise
        kind = checks.say("要返回一个列表", "a list should be returned")
        checks.true(isinstance(result, (list, tuple, set)), f"{name}{mark}{kind} ({type(result).__name__})")
        found = list(result)
        node = checks.say(
            "列表里是图的节点：叶子是它的 `.variable`",
            "the list holds a node of the graph: the leaf is its `.variable`",
        )
        checks.true(not any(hasattr(item, "next_functions") for item in found), name + mark + node)
        for tensor in found:
            checks.is_tensor(tensor, name=checks.say(f"{name} 的一项", f"an item of {name}"))
        backward = checks.say(
            "叶子的 `grad` 变了：只走图，不要调用 `backward()`",
            "the `grad` of a leaf has changed: walk the graph without calling `backward()`",
        )
        checks.true(all(leaf.grad is None for leaf in leaves.values()), name + mark + backward)
        twice = checks.say(
            "同一个叶子出现了两次：几条路都走到它，只能算一次",
            "a leaf is there twice: several ways lead to it, and it counts once",
        )
        checks.true(len({id(tensor) for tensor in found}) == len(found), name + mark + twice)
        strange = checks.say(
            "列表里有的不是叶子本身：拷贝、中间结果和 `grad` 都不要",
            "an item is none of the leaves: leave out copies, results in between, and `grad`",
        )
        known = {id(leaf) for leaf in leaves.values()}
        constant = checks.say(
            "`output` 不要梯度，没有叶子会得到梯度：返回空列表",
            "`output` requires no gradient, and no leaf gets one: return an empty list",
        )
        checks.true(output.requires_grad or not found, name + mark + constant)
        checks.true(all(id(tensor) in known for tensor in found), name + mark + strange)
        if output.requires_grad:
            used = checks.say(
                "图被用掉了：不要调用 `backward()` 或 `torch.autograd.grad`",
                "the graph has been used up: call neither `backward()` nor `torch.autograd.grad`",
            )
            try:
                output.sum().backward()
            except RuntimeError:
                raise checks.CheckFailed(name + mark + used) from None
        ids = {id(tensor) for tensor in found}
        for key, leaf in leaves.items():
            inside = id(leaf) in ids
            if leaf.grad is None:
                extra = checks.say(
                    f"`{key}` 得不到梯度，不该在里面", f"`{key}` gets no gradient: leave it out"
                )
                checks.true(not inside, name + mark + extra)
            else:
                lost = checks.say(f"少了 `{key}`：", f"`{key}` is missing: ")
                if output is leaf:
                    lost += checks.say("`output` 自己就是叶子", "`output` is itself a leaf")
                else:
                    lost += checks.say(
                        "每个节点的每个输入都要走到底；值相等的张量也可能是两个",
                        "follow every input of every node to its end; tensors with equal values may be two",
                    )
                checks.true(inside, name + mark + lost)

    def leaf(*values):
        return torch.tensor(values).requires_grad_()

    def one_layer():
        x, w, b = torch.tensor([1.0, 2.0]), leaf(0.5, -1.0), torch.tensor(0.25, requires_grad=True)
        check_leaves(w @ x + b, {"w": w, "b": b, "x": x}, "reached_leaves(w @ x + b)")

    def simple_cases():
        one_layer()
        a, c = leaf(1.0, 2.0), leaf(3.0, 4.0)
        check_leaves(a * a + c, {"a": a, "c": c}, "reached_leaves(a * a + c)")
        a, c = leaf(1.0, 2.0), leaf(1.0, 2.0)
        check_leaves(
            a * c,
            {"a": a, "c": c},
            checks.say(
                "reached_leaves(a * c)，两个值相等的叶子",
                "reached_leaves(a * c), two leaves with equal values",
            ),
        )
        a = leaf(1.0, 2.0)
        check_leaves(a, {"a": a}, checks.say("reached_leaves(a)，a 是叶子", "reached_leaves(a), a leaf"))
        a = leaf(1.0, 2.0)
        with torch.no_grad():
            apart = a * 2
        check_leaves(apart, {"a": a}, checks.say("没有图的张量", "a tensor without a graph"))

    simple_cases()
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def harder_cases():
            model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2, bias=False))
            model[0].bias.requires_grad_(False)
            check_leaves(model(torch.rand(5, 3)), dict(model.named_parameters()), "model(x)")
            a, c, d = leaf(1.0), leaf(1.0), leaf(1.0)
            middle = (a * 2).exp()
            check_leaves(middle * c.detach() + middle * 3, {"a": a, "c": c, "d": d}, "detach")
            a, c = leaf(0.5, 1.0), leaf(2.0)
            y = a
            for _ in range(10):
                y = y + y * c
            check_leaves(y, {"a": a, "c": c}, checks.say("几条路", "several ways"))
            a, c, d = leaf(1.0), leaf(2.0), leaf(3.0)
            joined = torch.cat([a, c * 2, (d * 0).relu()])
            check_leaves(joined, {"a": a, "c": c, "d": d}, "torch.cat")
            a, c = leaf(1.0, 2.0), leaf(1.0, 2.0, 3.0)
            check_leaves(a.sum() * c, {"a": a, "c": c}, checks.say("不同形状", "different shapes"))
            a = torch.ones(2)
            check_leaves(a + 1, {"a": a}, checks.say("不要梯度的张量", "tensors that require no gradient"))
            check_leaves(a, {"a": a}, checks.say("不要梯度的叶子", "a leaf that requires no gradient"))
            weights = [leaf(float(i)) for i in range(60)]
            y = torch.zeros(1)
            for weight in weights:
                y = y * 0.5 + weight
            check_leaves(
                y, {f"weights[{i}]": w for i, w in enumerate(weights)}, checks.say("长长的图", "a long graph")
            )

        harder_cases()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 5.2 累加、清零和不求导
#
# `backward()` 不是把梯度**写**进 `grad`，而是**加**上去：一个参数可能在图里用了好几次，几处的贡献本来就该相加。代价是：上一步的梯度不会自己消失。每一步之前要清零，不然这一步的方向里混着以前所有的方向。

# %% [markdown] tags=["en"]
# ## 5.2 Adding up, clearing, and not recording
#
# `backward()` doesn't *write* the gradient into `grad`, it *adds* it: a parameter may be used in several places of a graph, and then what comes from each of them has to be added. The price is that the gradient of the last step doesn't go away by itself. Clear it before every step, or this step's direction is mixed with all earlier ones.

# %%
w = torch.tensor(3.0, requires_grad=True)
(w**2).backward()
print("once: ", w.grad)
(w**2).backward()
print("twice:", w.grad)
w.grad = None
(w**2).backward()
print("after clearing:", w.grad)

# %% [markdown] tags=["zh"]
# 模型的参数用 `model.zero_grad()` 或 `optimizer.zero_grad()` 一起清零；它们把 `grad` 设成 `None`。
#
# 累加也有用处。内存放不下一大批样本时，把它分成几份，每份各自前向、反向，梯度自己就加起来了，这叫**梯度累积**（gradient accumulation）。损失通常是**平均**，所以每份的损失要乘上它在整批里占的比例，加起来才等于整批的平均。这里 5 个样本分成 4 个和 1 个：

# %% [markdown] tags=["en"]
# The parameters of a model are cleared together by `model.zero_grad()` or `optimizer.zero_grad()`, which set `grad` to `None`.
#
# Adding up has its uses, too. If a big batch doesn't fit into memory, cut it into parts and go forward and backward with each; the gradients add up by themselves. This is **gradient accumulation**. A loss is usually a *mean*, so multiply the loss of each part by its share of the batch, and the sum is the mean over the whole. Here 5 samples are cut into 4 and 1:

# %%
values = torch.tensor([1.0, 2.0, 3.0, 4.0, 10.0])
w = torch.tensor(1.0, requires_grad=True)
(w * values).mean().backward()
print(f"whole batch:       {w.grad.item():.1f}")
w.grad = None
for part in values.split(4):
    ((w * part).mean() * (len(part) / len(values))).backward()
print(f"two parts:         {w.grad.item():.1f}")
w.grad = None
for part in values.split(4):
    (w * part).mean().backward()
print(f"without the share: {w.grad.item():.1f}")

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.2a · 分几次算一大批（3 分）
#
# 写函数 `accumulate(model, loss_function, images, labels, size)`：`images` 和 `labels` 是一批 n 个样本，n 至少是 1；`loss_function(logits, labels)` 给出这些样本的**平均**损失。把每个要梯度的参数的 `grad` 变成整批平均损失的梯度，并返回整批的平均损失，一个 Python `float`。
#
# - 每次最多交给模型 `size` 个样本；最后一份可以少一些。
# - 每份算完就 `backward()`，这样内存里只有一份的图。
# - 以前留下的梯度不算在内；参数的值不变。
#
# 例：5 个样本、`size=2`：分成 2、2、1 三份。如果各份的平均损失是 1.0、2.0、4.0，返回 `2.0`。
#
# <details><summary>提示 1</summary>先清零，一次就够。</details>
# <details><summary>提示 2</summary><code>images.split(size)</code> 切成几份；最后一份短，它占的比例也小。</details>
# <details><summary>提示 3</summary>返回值也是同样的加权和：<code>.item()</code> 从一个元素的张量取出 Python 数。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.2a · A big batch in several goes (3 points)
#
# Write `accumulate(model, loss_function, images, labels, size)`: `images` and `labels` are a batch of n samples, with n at least 1; `loss_function(logits, labels)` gives the *mean* loss over the samples it gets. Make the `grad` of every parameter that requires one the gradient of the mean loss over the whole batch, and return that mean loss, a Python `float`.
#
# - Give the model at most `size` samples at a time; the last part may be smaller.
# - Call `backward()` after each part, so that memory holds the graph of one part only.
# - Gradients left from earlier don't count; the values of the parameters stay as they are.
#
# Example: 5 samples with `size=2` make parts of 2, 2 and 1. If their mean losses are 1.0, 2.0 and 4.0, the function returns `2.0`.
#
# <details><summary>Hint 1</summary>Clear first; once is enough.</details>
# <details><summary>Hint 2</summary><code>images.split(size)</code> cuts it into parts; the last is short, and so is its share.</details>
# <details><summary>Hint 3</summary>What you return is the same weighted sum; <code>.item()</code> takes a Python number out of a tensor with one element.</details>


# %% nbgrader={"grade": false, "grade_id": "accumulate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accumulate(
    model: nn.Module, loss_function, images: torch.Tensor, labels: torch.Tensor, size: int
) -> float:
    """images (n, ...), labels (n, ...) -> the mean loss; its gradient is in the parameters' grad"""
    ### BEGIN SOLUTION
    model.zero_grad()
    mean_loss = 0.0
    for some_images, some_labels in zip(images.split(size), labels.split(size)):
        weighted = loss_function(model(some_images), some_labels) * (len(some_images) / len(images))
        weighted.backward()
        mean_loss += weighted.item()
    return mean_loss
    ### END SOLUTION


# %% tags=["exercise"]
torch.manual_seed(0)
accumulate(nn.Linear(3, 2), nn.CrossEntropyLoss(), torch.rand(5, 3), torch.tensor([0, 1, 1, 0, 1]), 2)

# %% nbgrader={"grade": true, "grade_id": "accumulate-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("accumulate"):
    unweighted = checks.say(
        "各份直接相加了：每份的平均损失要乘上它占整批的比例 `len(part) / n`",
        "the parts were simply added: multiply the mean loss of each by its share of the batch, `len(part) / n`",
    )
    equal_parts = checks.say(
        "每份都除以了份数：最后一份短，比例也小，不能和别的份一样重",
        "each part was divided by the number of parts: the last one is short, and should not weigh as much as the others",
    )
    last = checks.say(
        "只剩最后一份：清零和返回值不要每份重来一次",
        "only the last part is left: clear once before the loop, and add up what you return",
    )
    first = checks.say(
        "只算了第一份：`return` 是不是缩进在循环里了？",
        "only the first part was used: is `return` inside the loop?",
    )
    short = checks.say(
        "最后一份可能没有 `size` 个：乘上 `len(part) / n`",
        "the last part may have fewer than `size`: multiply by `len(part) / n`",
    )
    undivided = checks.say(
        "乘了每份的样本数，还要除以整批的样本数 n",
        "multiplied by the samples of each part: divide by the n samples of the batch as well",
    )
    stale = checks.say(
        "以前留下的梯度混进来了：开始时清零", "gradients from earlier got mixed in: clear them at the start"
    )

    def parts_of(model, loss_function, images, labels, size):
        """Mean loss and gradients of each part, and its share."""
        found = []
        for i in range(0, len(images), size):
            twin = copy.deepcopy(model)
            twin.zero_grad()
            loss = loss_function(twin(images[i : i + size]), labels[i : i + size])
            loss.backward()
            gradients = [p.grad for p in twin.parameters() if p.requires_grad]
            found.append((len(images[i : i + size]) / len(images), loss.item(), gradients))
        return found

    def check_accumulate(model, loss_function, images, labels, size):
        loss = parts_of(model, loss_function, images, labels, len(images))[0][1]
        parts = parts_of(model, loss_function, images, labels, size)
        student = copy.deepcopy(model)
        wanted = [p for p in student.parameters() if p.requires_grad]
        for parameter in wanted:
            parameter.grad = torch.full_like(parameter, 100.0)
        before = copy.deepcopy(student.state_dict())
        sizes, backwards = [], []
        hooks = [student.register_forward_pre_hook(lambda module, args: sizes.append(len(args[0])))]
        hooks.append(wanted[-1].register_hook(lambda gradient: backwards.append(1)))
        name = f"accumulate(…, size={size}), n = {len(images)}"
        try:
            result = accumulate(student, loss_function, images, labels, size)
        except Exception as error:
            error.add_note(name)
            raise
        for hook in hooks:
            hook.remove()
        mark = checks.say("：", ": ")
        checks.true(
            max(sizes, default=0) <= size,
            name
            + mark
            + checks.say(
                f"模型一次拿到了 {max(sizes, default=0)} 个样本，最多 {size} 个",
                f"the model got {max(sizes, default=0)} samples at once, and {size} are the limit",
            ),
        )
        unchanged = all(torch.equal(value, before[key]) for key, value in student.state_dict().items())
        checks.true(
            unchanged,
            name
            + mark
            + checks.say("参数的值变了：这里不走步", "parameters have changed: take no step here"),
        )
        none = checks.say(
            "没有新的梯度：`backward()` 了吗？", "no gradient arrived: did you call `backward()`?"
        )
        checks.true(bool(backwards), name + mark + none)
        got = [p.grad if p.grad is not None else torch.zeros_like(p) for p in wanted]

        def is_sum(weights, extra=0.0):
            return all(
                torch.allclose(g, sum(weight * part[2][i] for weight, part in zip(weights, parts)) + extra)
                for i, g in enumerate(got)
            )

        k = len(parts)
        shares = [part[0] for part in parts]
        if not is_sum(shares):
            reasons = [
                ([1.0] * k, 0.0, unweighted),
                ([1 / k] * k, 0.0, equal_parts),
                ([size / len(images)] * k, 0.0, short),
                ([share * len(images) for share in shares], 0.0, undivided),
                ([0.0] * (k - 1) + [1.0], 0.0, last),
                ([0.0] * (k - 1) + [shares[-1]], 0.0, last),
                ([0.0] * (k - 1) + [1 / k], 0.0, last),
                ([1.0] + [0.0] * (k - 1), 0.0, first),
                ([shares[0]] + [0.0] * (k - 1), 0.0, first),
                (shares, 100.0, stale),
                ([1.0] * k, 100.0, stale),
                ([1 / k] * k, 100.0, stale),
            ]
            told = [reason for weights, extra, reason in reasons if is_sum(weights, extra)]
            wrong = checks.say(
                "梯度不是整批平均损失的梯度",
                "the gradients are not those of the mean loss over the whole batch",
            )
            raise checks.CheckFailed(name + mark + wrong + (mark + told[0] if told else ""))
        once = checks.say(
            "只反向了一次：每份算完就 `backward()`，不然所有的图都要留在内存里",
            "you went backward only once: call `backward()` after each part, or memory has to hold all the graphs",
        )
        checks.true(k == 1 or len(backwards) > 1, name + mark + once)
        losses = [part[1] for part in parts]
        checks.equal(
            result,
            loss,
            name=name,
            mistakes=[
                (sum(losses), unweighted),
                (sum(losses) / k, equal_parts),
                (losses[-1], last),
                (losses[-1] * shares[-1], last),
                (loss * len(images), undivided),
            ],
        )

    linear = nn.Linear(3, 2).double()
    check_accumulate(
        linear, nn.CrossEntropyLoss(), torch.rand(5, 3).double(), torch.tensor([0, 1, 1, 0, 1]), 2
    )
    check_accumulate(linear, nn.CrossEntropyLoss(), torch.rand(4, 3).double(), torch.tensor([0, 1, 1, 0]), 4)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def other_batches():
            deep = nn.Sequential(nn.Flatten(), nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 4)).double()
            deep[1].bias.requires_grad_(False)
            for n, size in ((10, 4), (7, 3), (3, 5), (1, 1), (6, 1), (11, 10)):
                check_accumulate(
                    deep, nn.CrossEntropyLoss(), torch.randn(n, 2, 3).double(), torch.randint(4, (n,)), size
                )
            wide = nn.Linear(3, 2).double()
            check_accumulate(wide, nn.MSELoss(), torch.randn(8, 3).double(), torch.randn(8, 2).double(), 3)

        other_batches()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### `no_grad` 和 `detach`
#
# 有时不想让 autograd 记录：
#
# - `with torch.no_grad():` 里面的运算**都不记**。评估、改参数时用它。
# - `t.detach()` 只在**一处**剪断：给出同样的数（共用内存），但和图没有联系。要把某个中间结果当作常数时用它。
# - `t.item()` 取出一个 Python 数，图也就不跟来了。记录损失时用它。
#
# 参数是叶子，不许在记录时就地修改；在 `no_grad` 里才可以。写成 `w = w - …` 也不行：那是一个新张量，不是叶子，下次反向得不到梯度，模型里的参数也还是旧的。

# %% [markdown] tags=["en"]
# ### `no_grad` and `detach`
#
# Sometimes autograd should not record:
#
# - `with torch.no_grad():` records **nothing** that is computed inside. Use it for evaluation, and to change parameters.
# - `t.detach()` cuts in **one place**: the same numbers (in the same memory) without ties to the graph. Use it to treat an intermediate result as a constant.
# - `t.item()` takes out a Python number, which leaves the graph behind. Use it to note down losses.
#
# Parameters are leaves and must not be changed in place while autograd records; under `no_grad` they may. Writing `w = w - …` is no way out: that makes a new tensor, which is no leaf, gets no gradient next time, and leaves the model's own parameter as it was.

# %%
w = torch.tensor([1.0, 2.0], requires_grad=True)
(w**2).sum().backward()
try:
    w -= 0.1 * w.grad
except RuntimeError as error:
    print(error)
with torch.no_grad():
    w -= 0.1 * w.grad
print(w.is_leaf, [round(number, 4) for number in w.tolist()])
new = w - 0.1 * w.grad
print(new.is_leaf, new.grad_fn.name())

# %% [markdown] tags=["zh"]
# 就地操作还可能盖掉反向时要用的旧值（1.4.5）。每个张量有一个版本号，改一次加一；反向时发现版本不对就报错，不会悄悄算错。`detach()` 和原来的张量共用内存，改它也算：

# %% [markdown] tags=["en"]
# In-place operations may also overwrite a value that the backward pass needs (1.4.5). Every tensor has a version number that grows with each change; if it is not what it was, `backward()` raises an error instead of silently giving a wrong result. A `detach()`ed tensor shares its memory with the original, so changing it counts as well:

# %%
w = torch.tensor([1.0, 2.0], requires_grad=True)
s = w.sigmoid()
print("version", s._version)
s.detach().mul_(2)
print("version", s._version)
try:
    s.sum().backward()
except RuntimeError as error:
    print(str(error).split(":")[0])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.2b · 参数的滑动平均（2 分）
#
# 训练时参数一直在抖动；它们的滑动平均往往比最后一步的参数更好。写函数 `update_average(average, model, decay)`：`average` 和 `model` 是结构相同的两个模块，把 `average` 的每个参数 a 改成 decay·a + (1 − decay)·p，p 是 `model` 对应的参数。
#
# - **就地**修改：`average` 里仍是原来那些 `nn.Parameter`，仍是叶子，`requires_grad` 不变。
# - `model` 不变；缓冲区（例如批归一化的均值）不用管；什么也不用返回。
#
# 例：a 是 1，p 是 3，`decay=0.9`：a 变成 1.2。
#
# <details><summary>提示 1</summary>两个模块的 <code>parameters()</code> 顺序相同，可以 <code>zip</code>。</details>
# <details><summary>提示 2</summary><code>a = …</code> 只是让名字 <code>a</code> 指向新的张量，模块里的参数没有变。</details>
# <details><summary>提示 3</summary>在 <code>torch.no_grad()</code> 里，用带 <code>_</code> 的方法：<code>mul_</code>、<code>add_</code>，或 <code>copy_</code>、<code>lerp_</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.2b · A running average of the parameters (2 points)
#
# During training, parameters jitter; their running average is often better than those of the last step. Write `update_average(average, model, decay)`: `average` and `model` are two modules built alike; turn each parameter a of `average` into decay·a + (1 − decay)·p, where p is the parameter of `model` that corresponds to it.
#
# - Change them **in place**: `average` keeps the very same `nn.Parameter`s, still leaves, with `requires_grad` as it was.
# - `model` stays as it is; buffers (the means of batch norm, say) are not your concern; return nothing.
#
# Example: with a = 1, p = 3 and `decay=0.9`, a becomes 1.2.
#
# <details><summary>Hint 1</summary>The <code>parameters()</code> of both modules come in the same order: <code>zip</code> them.</details>
# <details><summary>Hint 2</summary><code>a = …</code> only lets the name <code>a</code> stand for a new tensor; the parameter in the module does not change.</details>
# <details><summary>Hint 3</summary>Under <code>torch.no_grad()</code>, use the methods with <code>_</code>: <code>mul_</code> and <code>add_</code>, or <code>copy_</code>, or <code>lerp_</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "update_average", "locked": false, "schema_version": 3, "solution": true, "task": false}
def update_average(average: nn.Module, model: nn.Module, decay: float) -> None:
    """Move the parameters of average towards those of model, in place."""
    ### BEGIN SOLUTION
    with torch.no_grad():
        for mean, parameter in zip(average.parameters(), model.parameters()):
            mean.mul_(decay).add_(parameter, alpha=1 - decay)
    ### END SOLUTION


# %% tags=["exercise"]
torch.manual_seed(0)
twin = nn.Linear(2, 1)
update_average(twin, nn.Linear(2, 1), 0.9)
twin.weight

# %% nbgrader={"grade": true, "grade_id": "update_average-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("update_average"):
    swapped = checks.say(
        "两个比例对调了：`decay` 是旧的平均留下的份额",
        "the two shares are swapped: `decay` is how much of the old average stays",
    )
    whole = checks.say("p 那一项忘了乘 1 − decay", "the term with p lacks its factor 1 − decay")
    copied = checks.say(
        "直接照搬了 `model` 的参数，没有平均", "the parameters of `model` were copied, not averaged"
    )
    nothing = checks.say(
        "参数没有变：`a = …` 和 `decay * a + …` 只造出新张量，要就地改（`mul_`、`add_`、`copy_`）",
        "nothing changed: `a = …` and `decay * a + …` only make new tensors; change it in place (`mul_`, `add_`, `copy_`)",
    )

    def check_update(average, model, decay, steps=1):
        mark = checks.say("：", ": ")
        name = f"update_average(…, decay={decay})"
        objects = [(key, parameter, parameter.requires_grad) for key, parameter in average.named_parameters()]
        before_buffers = [buffer.clone() for buffer in average.buffers()]
        before_model = copy.deepcopy(model.state_dict())
        model_parameters = [parameter.detach().clone() for parameter in model.parameters()]
        for _ in range(steps):
            before = [parameter.detach().clone() for parameter in average.parameters()]
            try:
                update_average(average, model, decay)
            except RuntimeError as error:
                error.add_note(name)
                raise
            now = dict(average.named_parameters())
            for (key, parameter, wanted), a, p in zip(objects, before, model_parameters):
                same = checks.say(
                    f"`{key}` 换成了另一个张量：要就地改原来的参数",
                    f"`{key}` is another tensor now: change the parameter that was there",
                )
                checks.true(now.get(key) is parameter, name + mark + same)
                leaf = checks.say(
                    f"`{key}` 不再是叶子，或 `requires_grad` 变了：在 `no_grad` 里就地改",
                    f"`{key}` is no leaf any more, or its `requires_grad` changed: work in place under `no_grad`",
                )
                checks.true(parameter.is_leaf and parameter.requires_grad == wanted, name + mark + leaf)
                checks.equal(
                    parameter.detach(),
                    torch.tensor(
                        [
                            decay * u + (1 - decay) * v
                            for u, v in zip(a.flatten().tolist(), p.flatten().tolist())
                        ],
                        dtype=a.dtype,
                    ).reshape(a.shape),
                    name=f"{name}, {key}",
                    mistakes=[
                        (a, nothing),
                        ((1 - decay) * a + decay * p, swapped),
                        (decay * a + p, whole),
                        (p, copied),
                    ],
                )
        model_changed = checks.say(
            "`model` 变了，只能改 `average`", "`model` has changed; only `average` may"
        )
        unchanged = all(torch.equal(value, before_model[key]) for key, value in model.state_dict().items())
        checks.true(unchanged, name + mark + model_changed)
        shared = checks.say(
            "`average` 和 `model` 共用了内存：以后会一起变",
            "`average` and `model` now share memory: they will change together",
        )
        pairs = zip(average.parameters(), model.parameters())
        checks.true(all(a.data_ptr() != p.data_ptr() for a, p in pairs), name + mark + shared)
        buffers = checks.say("缓冲区变了，只改参数", "a buffer has changed; change parameters only")
        same = all(torch.equal(a, b) for a, b in zip(before_buffers, average.buffers()))
        checks.true(same, name + mark + buffers)

    check_update(nn.Linear(2, 1), nn.Linear(2, 1), 0.9)
    check_update(nn.Linear(2, 1), nn.Linear(2, 1), 0.25, steps=3)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def other_modules():
            def make():
                return nn.Sequential(
                    nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Linear(4, 2, bias=False)
                )

            model = make()
            model(torch.randn(8, 3))
            check_update(make(), model, 0.99, steps=2)
            check_update(make().requires_grad_(False), model, 0.5)
            check_update(make().double(), make().double(), 0.7, steps=5)
            partly = make()
            partly[0].bias.requires_grad_(False)
            check_update(partly, model.eval(), 0.1)

        other_modules()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 5.3 损失
#
# 损失把「猜得有多差」变成一个数，越小越好。分类用**交叉熵**（cross-entropy）：先用 softmax 把 logits 变成概率，再取**正确类别**的概率 p，损失是 −ln p。p 是 1，损失是 0；p 越接近 0，损失越大，没有上限。一批的损失是各样本的平均。

# %% [markdown] tags=["en"]
# ## 5.3 The loss
#
# The loss turns "how bad" into one number: the smaller, the better. Classification uses **cross-entropy**: softmax turns the logits into probabilities, of which only p counts, the probability of the **right class**; the loss is −ln p. At p = 1 it is 0, and the nearer p comes to 0, the more it grows, without limit. The loss of a batch is the mean over its samples.

# %%
p = torch.linspace(0.002, 1, 500)
figure, axes = plt.subplots(figsize=(6, 3), layout="constrained")
axes.plot(p, -p.log())
for chance, note in [(0.1, "guessing among 10"), (0.5, "half sure"), (0.99, "sure and right")]:
    axes.plot(chance, -math.log(chance), "o", color="black")
    axes.annotate(
        f"{note}: {-math.log(chance):.2f}",
        (chance, -math.log(chance)),
        (chance - 0.02, 0.75 - math.log(chance)),
        ha="left" if chance < 0.9 else "right",
    )
axes.set(xlabel="probability of the right class", ylabel="loss")
plt.show()

# %% [markdown] tags=["zh"]
# PyTorch 的 `nn.CrossEntropyLoss` 要两样东西：
#
# - **logits**，形状 `(n, classes)` 的浮点张量。softmax 它自己会做；
# - **标签**，形状 `(n,)`、dtype `int64` 的张量，是类别的编号¹。
#
# <small>¹ 标签也可以是形状 `(n, classes)` 的概率，例如 3.2 的软标签；每行要不小于 0、加起来是 1。原文用 `torch.randn(1, 10)` 当标签：随机数有正有负，不是概率。PyTorch 不检查这一点，损失可以一直降到负无穷，什么意义也没有，见下面。</small>

# %% [markdown] tags=["en"]
# PyTorch's `nn.CrossEntropyLoss` wants two things:
#
# - **logits**, a float tensor of shape `(n, classes)`; it does the softmax itself;
# - **labels**, a tensor of shape `(n,)` and dtype `int64` with the numbers of the classes¹.
#
# <small>¹ Labels may also be probabilities of shape `(n, classes)`, such as the soft labels of 3.2; each row must have no number below 0 and add up to 1. The original document takes `torch.randn(1, 10)` for labels: random numbers of either sign, which are no probabilities. PyTorch doesn't check that, and the loss can then fall to minus infinity and mean nothing, as shown below.</small>

# %%
loss_function = nn.CrossEntropyLoss()
scores = torch.tensor([[2.0, 0.0, 0.0], [0.0, 0.0, 3.0]])
right = torch.tensor([0, 1])
print("probabilities of the right class:", [round(q, 3) for q in scores.softmax(1)[[0, 1], right].tolist()])
print(f"loss: {loss_function(scores, right).item():.3f}")
not_probabilities = torch.tensor([[1.5, -2.0, 0.3]])
for size in (1, 10, 100):
    print(
        f"with random numbers for labels: {loss_function(torch.tensor([[0.0, -size, 0.0]]), not_probabilities).item():.1f}"
    )

# %% [markdown] tags=["zh"]
# ### 不要先做 softmax
#
# 网络的最后一层给出 logits，直接交给损失。先做了 softmax 再交过去，**不会报错**，只是学得又慢又差：概率都在 0 和 1 之间，当成 logits 再做一次 softmax，就谁也拉不开距离。10 个类别、完全有把握而且猜对了，损失也还有 1.46；完全猜错也不过 2.46，梯度又小又迟钝。

# %% [markdown] tags=["en"]
# ### No softmax first
#
# The network's last layer gives logits; hand them to the loss as they are. With a softmax in between there is **no error message**, it just learns slowly and badly: probabilities lie between 0 and 1, and taken for logits and put through softmax again, none can stand out. With 10 classes, a network that is certain and right still has a loss of 1.46; certain and wrong makes no more than 2.46, and gradients are small and dull.

# %%
certain = torch.zeros(1, 10)
certain[0, 3] = 20.0
for name, label in [("right", 3), ("wrong", 5)]:
    target = torch.tensor([label])
    good, bad = loss_function(certain, target), loss_function(certain.softmax(1), target)
    print(f"certain and {name}: {good.item():5.2f} from logits, {bad.item():.2f} with softmax first")

# %% [markdown] tags=["zh"]
# ### 怎样算才不溢出
#
# 按定义先算 softmax 再取对数，概率小到存不下时会变成 0，ln 0 是 −∞。把两步合成一步就没有这个问题：
#
# −ln (exp(z_y) / Σ exp(z)) = ln Σ exp(z) − z_y
#
# 其中 z 是一个样本的 logits，y 是正确的类别。右边第一项叫 log-sum-exp，`torch.logsumexp` 会先减去最大值，所以不溢出。`nn.CrossEntropyLoss` 就是这样算的。

# %% [markdown] tags=["en"]
# ### How to keep it from overflowing
#
# Computed as it is defined, first the softmax and then the logarithm, a probability too small to be stored becomes 0, and ln 0 is −∞. Put the two steps into one, and the trouble is gone:
#
# −ln (exp(z_y) / Σ exp(z)) = ln Σ exp(z) − z_y
#
# where z are the logits of one sample and y is its right class. The first term on the right is called log-sum-exp; `torch.logsumexp` subtracts the maximum first, so nothing overflows. `nn.CrossEntropyLoss` does just that.

# %%
z, y = torch.tensor([200.0, 0.0, 1.0]), 1
print("softmax, then log:", -z.softmax(0)[y].log())
print("log-sum-exp:      ", torch.logsumexp(z, 0) - z[y])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.3a · 训练之前的损失（1 分）
#
# 刚搭好的网络对每个类别都给出差不多的概率。写函数 `first_loss(classes)`：有 `classes` 个类别（至少 1 个），每个样本的各个类别概率都相等，返回交叉熵，一个 Python `float`。
#
# 训练的第一步打印出来的损失如果远离这个数，就该查一查。
#
# 例：`first_loss(2)` 约为 `0.6931`。
#
# <details><summary>提示 1</summary>正确类别的概率是多少？</details>
# <details><summary>提示 2</summary>自然对数是 <code>math.log</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.3a · The loss before training (1 point)
#
# A network fresh from its constructor gives all classes about the same probability. Write `first_loss(classes)`: with `classes` classes (at least 1), all of them equally probable for every sample, return the cross-entropy, a Python `float`.
#
# If the loss that training prints first is far from this number, have a look why.
#
# Example: `first_loss(2)` is about `0.6931`.
#
# <details><summary>Hint 1</summary>What is the probability of the right class?</details>
# <details><summary>Hint 2</summary>The natural logarithm is <code>math.log</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "first_loss", "locked": false, "schema_version": 3, "solution": true, "task": false}
def first_loss(classes: int) -> float:
    """The cross-entropy of a network that finds all classes equally probable."""
    ### BEGIN SOLUTION
    return math.log(classes)
    ### END SOLUTION


# %% tags=["exercise"]
first_loss(10)

# %% nbgrader={"grade": true, "grade_id": "first_loss-test", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import math

from pytorch_learning import checks

with checks.exercise("first_loss"):
    probability = checks.say(
        "这是正确类别的概率，还要取 −ln", "that is the probability of the right class; take −ln of it"
    )
    minus = checks.say("少了负号：损失不会小于 0", "the minus is missing: a loss is never below 0")
    base_10 = checks.say(
        "要自然对数，不是以 10 为底的", "the natural logarithm is wanted, not that to base 10"
    )
    base_2 = checks.say("要自然对数，不是以 2 为底的", "the natural logarithm is wanted, not that to base 2")
    all_classes = checks.say(
        "只有正确的类别算数，不要把各类加起来", "only the right class counts: don't add up over all classes"
    )
    ten = checks.say("类别不总是 10 个", "there are not always 10 classes")
    for classes, expected, other in [
        (2, 0.6931471805599453, 0.3010299956639812),
        (4, 1.3862943611198906, 0.6020599913279624),
    ]:
        checks.returns(
            first_loss,
            classes,
            expected=expected,
            mistakes=[
                (1 / classes, probability),
                (-expected, minus),
                (other, base_10),
                (classes / 2, base_2),
                (classes * expected, all_classes),
                (2.302585092994046, ten),
            ],
        )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        checks.agrees(
            first_loss,
            lambda classes: abs(-math.log(1 / classes)),
            [(1,), (2,), (3,), (10,), (100,), (1000,)],
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.3b · 自己算交叉熵（3 分）
#
# 写函数 `mean_cross_entropy(logits, labels)`：`logits` 是形状 `(n, classes)` 的浮点张量，`labels` 是形状 `(n,)`、dtype `int64` 的类别编号，n 至少是 1；返回各样本交叉熵的平均，是一个没有维度的张量，dtype 和设备跟 `logits` 相同，梯度能传回 `logits`。
#
# - 自己写：不要用现成的 `cross_entropy`、`nll_loss` 和 `log_softmax`（`logsumexp` 可以用）。
# - logits 差到 1000 也要算对；`logits` 自己保持原样。
#
# 例：`mean_cross_entropy(torch.tensor([[0., 0.], [1000., 0.]]), torch.tensor([0, 1]))` 约为 `tensor(500.3466)`。
#
# <details><summary>提示 1</summary>照上面的公式，一次对整批做：每行一个 log-sum-exp，减去每行里正确类别的那个 logit。</details>
# <details><summary>提示 2</summary>「第 i 行取第 labels[i] 列」：行号和列号配对的索引，上面打印「正确类别的概率」那一行用过；也可以用 <code>gather</code>。</details>
# <details><summary>提示 3</summary><code>torch.arange(n)</code> 是行号；最后 <code>mean()</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.3b · Cross-entropy by hand (3 points)
#
# Write `mean_cross_entropy(logits, labels)`: `logits` is a float tensor of shape `(n, classes)`, `labels` holds class numbers in shape `(n,)` and dtype `int64`, with n at least 1; return the mean cross-entropy over the samples, a tensor without dimensions, with the dtype and device of `logits`, through which gradients get back to `logits`.
#
# - Write it yourself, without the ready-made `cross_entropy`, `nll_loss` and `log_softmax` (`logsumexp` is fine).
# - It must be right for logits that are 1000 apart; leave `logits` itself as it is.
#
# Example: `mean_cross_entropy(torch.tensor([[0., 0.], [1000., 0.]]), torch.tensor([0, 1]))` is about `tensor(500.3466)`.
#
# <details><summary>Hint 1</summary>Follow the formula above, for the whole batch at once: a log-sum-exp for each row, minus the logit of the right class in that row.</details>
# <details><summary>Hint 2</summary>"Column labels[i] of row i" is indexing with pairs of row and column numbers, as in the line above that prints the probabilities of the right class; or use <code>gather</code>.</details>
# <details><summary>Hint 3</summary><code>torch.arange(n)</code> gives the row numbers; <code>mean()</code> comes last.</details>


# %% nbgrader={"grade": false, "grade_id": "mean_cross_entropy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean_cross_entropy(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """logits (n, classes), labels (n) int64 -> mean loss ()"""
    ### BEGIN SOLUTION
    rows = torch.arange(len(labels), device=labels.device)
    return (torch.logsumexp(logits, dim=1) - logits[rows, labels]).mean()
    ### END SOLUTION


# %% tags=["exercise"]
mean_cross_entropy(torch.tensor([[0.0, 0.0], [1000.0, 0.0]]), torch.tensor([0, 1]))

# %% nbgrader={"grade": true, "grade_id": "mean_cross_entropy-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import math

import torch
from torch.overrides import TorchFunctionMode

from pytorch_learning import checks


class FromFormula(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        name = getattr(function, "__name__", "")
        checks.true(
            not any(ready in name for ready in ("cross_entropy", "nll_loss", "log_softmax")),
            checks.say(
                f"mean_cross_entropy：这次不用现成的 `{name}`，照公式用 `logsumexp` 写",
                f"mean_cross_entropy: leave out the ready-made `{name}` this time and follow the formula with `logsumexp`",
            ),
        )
        return function(*args, **(kwargs or {}))


with checks.exercise("mean_cross_entropy"), FromFormula():
    overflow = checks.say(
        "溢出了：先算概率再取对数存不下很小的概率，用 log-sum-exp",
        "that overflowed: a tiny probability can't be stored before its logarithm is taken; use log-sum-exp",
    )
    adds_up = checks.say("这是总和，题目要平均", "that is the sum; the mean is wanted")
    each_one = checks.say(
        "这是每个样本的损失：还要取平均", "those are the losses of each sample: take their mean"
    )
    sign = checks.say("符号反了：损失不会小于 0", "the sign is wrong: a loss is never below 0")
    all_numbers = checks.say(
        "除以了 n × classes：只除以样本数 n", "that is divided by n × classes: divide by the n samples only"
    )
    twice = checks.say(
        "softmax 做了两次：logits 直接用", "softmax was done twice: use the logits as they are"
    )
    all_labels = checks.say(
        "`logits[:, labels]` 给每一行都取了所有的标签：行号和标签要配对",
        "`logits[:, labels]` takes all the labels in every row: pair row numbers with labels",
    )
    predicted = checks.say("用了预测的类别，应当用标签", "the predicted class was used; use the label")
    incomplete = checks.say("少了 log-sum-exp 一项", "the log-sum-exp is missing")
    unsubtracted = checks.say("少了减去正确类别的 logit", "the logit of the right class is not subtracted")
    not_log = checks.say("要的是 −ln p，不是 1 − p", "it is −ln p that is wanted, not 1 − p")
    other_way = checks.say(
        "log-sum-exp 沿错了维度：类别在 `dim=1`",
        "log-sum-exp along the wrong dimension: classes lie along `dim=1`",
    )
    small_number = checks.say(
        "加上一个小数或截断只是遮住了溢出，结果不对：用 log-sum-exp",
        "adding a small number or clamping only hides the overflow, and the result is wrong: use log-sum-exp",
    )
    checks.returns(
        mean_cross_entropy,
        torch.tensor([[2.0, 0.0, 0.0], [0.0, 0.0, 3.0]]),
        torch.tensor([0, 1]),
        expected=torch.tensor(1.667238),
        mistakes=[
            (torch.tensor(3.334475), adds_up),
            (torch.tensor([0.239545, 3.094930]), each_one),
            (torch.tensor(-1.667238), sign),
            (torch.tensor(0.555746), all_numbers),
            (torch.tensor(1.0874779), twice),
            (torch.tensor(2.167238), all_labels),
            (torch.tensor(0.167238), predicted),
            (torch.tensor(-1.0), incomplete),
            (torch.tensor(2.667238), unsubtracted),
            (torch.tensor(0.583857), not_log),
        ],
    )
    infinite = [(torch.tensor(value), overflow) for value in (math.inf, -math.inf, math.nan)]
    extremes = [
        (torch.tensor([[0.0, 0.0], [1000.0, 0.0]]), torch.tensor([0, 1]), 500.346574),
        (torch.tensor([[-1000.0, 0.0, -1000.0]]), torch.tensor([2]), 1000.0),
    ]
    for logits, labels, value in extremes:
        too_small = [*infinite]
        for tiny in (1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-20, 1e-30):
            share = 1 / len(labels)
            hidden_by = torch.tensor(-math.log(tiny) * share + (1 - share) * math.log(2))
            too_small += [(hidden_by, small_number)]
        checks.returns(mean_cross_entropy, logits, labels, expected=torch.tensor(value), mistakes=too_small)

    def check_gradient(logits, labels, expected):
        name = "mean_cross_entropy(logits, labels)"
        leaf = logits.clone().requires_grad_()
        loss = mean_cross_entropy(leaf, labels)
        checks.true(
            loss.requires_grad,
            checks.say(
                f"{name}：结果和 logits 断开了，梯度传不回去：不要用 `item`、`tolist`、`detach`、`no_grad` 或 `torch.tensor(…)`",
                f"{name}: the result has lost its tie to the logits: leave out `item`, `tolist`, `detach`, `no_grad` and `torch.tensor(…)`",
            ),
        )
        loss.backward()
        checks.gradient(leaf, expected, name="logits")

    check_gradient(
        torch.tensor([[0.0, 0.0], [0.0, 0.0]]),
        torch.tensor([1, 1]),
        torch.tensor([[0.25, -0.25], [0.25, -0.25]]),
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def sample_by_sample(logits, labels):
            losses = []
            for row, label in zip(logits.tolist(), labels.tolist()):
                top = max(row)
                losses.append(top + math.log(sum(math.exp(value - top) for value in row)) - row[label])
            return torch.tensor(sum(losses) / len(losses), dtype=logits.dtype)

        def each(logits, labels):
            return torch.logsumexp(logits, 1) - logits[torch.arange(len(labels)), labels]

        def one_hot(logits, labels):
            return torch.nn.functional.one_hot(labels, logits.shape[1]).to(logits.dtype)

        mistakes = [
            (lambda z, y: each(z, y).sum(), adds_up),
            (lambda z, y: each(z.softmax(1), y).mean(), twice),
            (lambda z, y: -z.softmax(1)[torch.arange(len(y)), y].log().mean(), overflow),
            (lambda z, y: (z.exp().sum(1).log() - z[torch.arange(len(y)), y]).mean(), overflow),
            (lambda z, y: torch.tensor(math.nan, dtype=z.dtype), overflow),
        ]

        def other_batches():
            cases = [
                (torch.randn(n, c), torch.randint(c, (n,)))
                for n, c in ((1, 1), (1, 5), (7, 3), (20, 10), (3, 3))
            ]
            cases.append((torch.randn(6, 4, dtype=torch.float64) * 5, torch.tensor([0, 1, 2, 3, 3, 0])))
            cases.append(
                (
                    torch.tensor([[1000.0, 1001.0], [-1000.0, -999.0], [800.0, -800.0]], dtype=torch.float64),
                    torch.tensor([0, 0, 1]),
                )
            )
            cases.append((torch.tensor([[120.0, 0.0, -120.0]]), torch.tensor([2])))
            checks.agrees(mean_cross_entropy, sample_by_sample, cases, mistakes=mistakes)
            for logits, labels in [
                (torch.randn(8, 5), torch.randint(5, (8,))),
                (torch.tensor([[1000.0, 0.0], [0.0, -1000.0]]), torch.tensor([1, 1])),
            ]:
                expected = (logits.softmax(1) - one_hot(logits, labels)) / len(labels)
                check_gradient(logits, labels, expected)
            checks.follows_device(mean_cross_entropy, torch.randn(3, 4), torch.tensor([0, 3, 1]))

        other_batches()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 5.4 优化器
#
# 有了梯度，怎样走一步，由**优化器**（optimiser，代码里写 `optimizer`）决定。最简单的是**随机梯度下降**（stochastic gradient descent，简称 SGD）：每个参数减去 lr 乘以自己的梯度。lr 是**学习率**（learning rate），步子的大小；「随机」是因为梯度来自随机的一小批样本。

# %% [markdown] tags=["en"]
# ## 5.4 The optimiser
#
# Given the gradients, the **optimiser** decides how to take a step. The simplest is **stochastic gradient descent**, SGD for short: subtract from each parameter lr times its gradient. lr is the **learning rate**, the size of the step; "stochastic" because the gradient comes from a small batch that chance has put together.

# %%
w = torch.tensor([1.0, -2.0], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.25)
(w**2).sum().backward()
print("gradient:", w.grad)
optimizer.step()
print("after a step:", w.detach())
optimizer.zero_grad()
print("after zero_grad:", w.grad)

# %% [markdown] tags=["zh"]
# 优化器只做两件事：`step()` 按现在的 `grad` 改参数，`zero_grad()` 清零。它不算梯度，那是 `backward()` 的事；`grad` 是 `None` 的参数，它跳过。
#
# SGD 有两个常用的改进：
#
# - **动量**（momentum）：每个参数记一个速度 v，像滚下坡的球。v ← momentum·v + 梯度，参数 ← 参数 − lr·v；v 从 0 开始。方向一致就越走越快，来回摇摆就互相抵消。
# - **Adam**：还记下梯度平方的滑动平均，用它的平方根去除，使每个参数的步子都差不多是 lr，不管它的梯度是大是小。不必细调学习率，常常从 lr = 0.001 开始就行。
#
# 下面的山谷 (a² + 20b²) / 2 又长又窄，最低点在原点。三种优化器各走 30 步：

# %% [markdown] tags=["en"]
# An optimiser does two things only: `step()` changes the parameters by their present `grad`, and `zero_grad()` clears it. It computes no gradients, `backward()` does; a parameter whose `grad` is `None` is left alone.
#
# Two common improvements of SGD:
#
# - **Momentum**: each parameter has a velocity v, like a ball rolling downhill. v ← momentum·v + gradient, parameter ← parameter − lr·v; v starts at 0. Where directions agree it gets faster, where they alternate they cancel.
# - **Adam** also keeps a running average of the squared gradient and divides by its root, so that the steps of all parameters are about lr, however large or small their gradients. It needs little tuning; lr = 0.001 is often a good start.
#
# The valley (a² + 20b²) / 2 below is long and narrow, with its lowest point at the origin. Three optimisers take 30 steps each:


# %%
def valley(a, b):
    return (a**2 + 20 * b**2) / 2


def path(make_optimizer, steps=30):
    """The places (a, b) that an optimiser goes through."""
    place = torch.tensor([-4.0, 1.0], requires_grad=True)
    optimizer = make_optimizer([place])
    places = [place.tolist()]
    for _ in range(steps):
        optimizer.zero_grad()
        valley(*place).backward()
        optimizer.step()
        places.append(place.tolist())
    return list(zip(*places))


runs = [
    ("SGD, lr=0.09", lambda parameters: torch.optim.SGD(parameters, lr=0.09)),
    ("SGD, lr=0.02, momentum=0.8", lambda parameters: torch.optim.SGD(parameters, lr=0.02, momentum=0.8)),
    ("Adam, lr=0.3", lambda parameters: torch.optim.Adam(parameters, lr=0.3)),
]
a, b = torch.meshgrid(torch.linspace(-4.5, 1.5, 120), torch.linspace(-1.3, 1.3, 80), indexing="xy")
figure, rows = plt.subplots(3, 1, figsize=(7, 6), sharex=True, sharey=True, layout="constrained")
for axes, (title, make_optimizer) in zip(rows, runs):
    axes.contour(a, b, valley(a, b), levels=[0.1, 0.5, 1.5, 3, 5, 8, 12, 17], colors="0.75", linewidths=0.8)
    axes.plot(*path(make_optimizer), "o-", markersize=3, linewidth=1)
    axes.plot(0, 0, "*", color="black", markersize=10)
    axes.set(title=title, ylabel="b")
rows[-1].set_xlabel("a")
plt.show()

# %% [markdown] tags=["zh"]
# SGD 的步子受制于陡的方向 b：再大一点就会越跳越远¹；于是平缓的方向 a 走得很慢。动量和 Adam 在 a 方向走得更快，代价是会冲过头。
#
# <small>¹ 这里每一步 b 乘上 1 − 20·lr，lr 超过 0.1 时绝对值大于 1，SGD 就发散了。</small>

# %% [markdown] tags=["en"]
# The steep direction b limits the steps of SGD: a little larger, and each jump would land further out¹; so it is slow along the flat direction a. Momentum and Adam move along it faster, and overshoot.
#
# <small>¹ Each step here multiplies b by 1 − 20·lr, which is beyond ±1 once lr exceeds 0.1, and then SGD diverges.</small>

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.4 · 自己的优化器（4 分）
#
# 写类 `Momentum(parameters, lr, momentum)`，就是上面的动量法：
#
# - `parameters` 是任何可以循环一遍的东西，例如 `model.parameters()`（循环一次就用完了）。
# - `step()`：对每个有梯度的参数，v ← momentum·v + 梯度，参数 ← 参数 − lr·v，**就地**修改参数。每个参数有自己的 v，和它在同一个设备上，从 0 开始。`grad` 是 `None` 的参数跳过，它和它的 v 都不变。
# - `zero_grad()`：清掉所有参数的梯度，`grad` 变成 `None`。
# - 梯度本身 `step()` 不要改。不要用 `torch.optim`。
#
# 例：参数是 1，梯度两步都是 2，`lr=0.1`，`momentum=0.5`：第一步后是 0.8（v = 2），第二步后是 0.5（v = 3）。
#
# <details><summary>提示 1</summary><code>__init__</code> 里先把参数存成列表，再给每个参数造一个同样形状的 0。</details>
# <details><summary>提示 2</summary>改参数要在 <code>torch.no_grad()</code> 里，用 <code>sub_</code>、<code>add_</code> 或 <code>-=</code>。</details>
# <details><summary>提示 3</summary>v 不能就是 <code>grad</code> 那个张量：别人以后会改它或清掉它。<code>zeros_like</code>、<code>mul_</code>、<code>add_</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.4 · An optimiser of your own (4 points)
#
# Write the class `Momentum(parameters, lr, momentum)`, the momentum method from above:
#
# - `parameters` is anything that can be looped over once, such as `model.parameters()` (which is used up after one loop).
# - `step()`: for each parameter with a gradient, v ← momentum·v + gradient and parameter ← parameter − lr·v, changing the parameter **in place**. Each parameter has its own v, on the same device, which starts at 0. A parameter whose `grad` is `None` is skipped: neither it nor its v changes.
# - `zero_grad()`: clear the gradients of all parameters; their `grad` becomes `None`.
# - `step()` leaves the gradients as they are. Don't use `torch.optim`.
#
# Example: a parameter of 1, a gradient of 2 in both steps, `lr=0.1` and `momentum=0.5` give 0.8 after the first step (v = 2) and 0.5 after the second (v = 3).
#
# <details><summary>Hint 1</summary>In <code>__init__</code>, first keep the parameters as a list, then make zeros of the same shape for each.</details>
# <details><summary>Hint 2</summary>Change parameters under <code>torch.no_grad()</code>, with <code>sub_</code>, <code>add_</code> or <code>-=</code>.</details>
# <details><summary>Hint 3</summary>v must not be the very tensor <code>grad</code>: others will change or clear that one later. <code>zeros_like</code>, <code>mul_</code>, <code>add_</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "Momentum", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Momentum:
    """Stochastic gradient descent with momentum."""

    def __init__(self, parameters, lr: float, momentum: float):
        ### BEGIN SOLUTION
        self.parameters = list(parameters)
        self.velocities = [torch.zeros_like(parameter) for parameter in self.parameters]
        self.lr, self.momentum = lr, momentum
        ### END SOLUTION

    def step(self) -> None:
        """Change every parameter that has a gradient, in place."""
        ### BEGIN SOLUTION
        with torch.no_grad():
            for parameter, velocity in zip(self.parameters, self.velocities):
                if parameter.grad is not None:
                    velocity.mul_(self.momentum).add_(parameter.grad)
                    parameter.sub_(self.lr * velocity)
        ### END SOLUTION

    def zero_grad(self) -> None:
        """Clear all gradients."""
        ### BEGIN SOLUTION
        for parameter in self.parameters:
            parameter.grad = None
        ### END SOLUTION


# %% tags=["exercise"]
parameter = torch.tensor(1.0, requires_grad=True)
mine = Momentum([parameter], lr=0.1, momentum=0.5)
for _ in range(2):
    mine.zero_grad()
    (2 * parameter).backward()
    mine.step()
    print(parameter.item())

# %% nbgrader={"grade": true, "grade_id": "Momentum-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("Momentum"):
    mark = checks.say("：", ": ")

    def variants(p, lr, momentum, gradients):
        """What the parameter is after these gradients (None: none) if it is done right, and by mistake."""
        zero = torch.zeros_like(p)
        right, v = p, zero
        no_momentum, damped, ahead, opposite, growing, no_rate = p, p, p, p, p, p
        d, w = zero, zero
        for g in gradients:
            if g is None:
                continue
            v = momentum * v + g
            right = right - lr * v
            no_momentum = no_momentum - lr * g
            d = momentum * d + (1 - momentum) * g
            damped = damped - lr * d
            ahead = ahead - lr * (g + momentum * v)
            opposite = opposite + lr * v
            w = momentum * w + lr * g
            growing = growing - lr * w
            no_rate = no_rate - v
        return right, [
            (
                p,
                checks.say(
                    "参数没有变：`p = p - …` 只造出新张量，要就地改；而且先算 v，再用它改参数",
                    "the parameter did not change: `p = p - …` only makes a new tensor; change it in place, and compute v first",
                ),
            ),
            (
                no_momentum,
                checks.say(
                    "没有动量：v 要记到下一步", "there is no momentum: v has to be kept for the next step"
                ),
            ),
            (
                damped,
                checks.say(
                    "梯度乘了 1 − momentum：这里 v ← momentum·v + 梯度",
                    "the gradient is multiplied by 1 − momentum; here it is v ← momentum·v + gradient",
                ),
            ),
            (
                ahead,
                checks.say(
                    "这是 Nesterov 动量：这里参数只减去 lr·v",
                    "that is Nesterov's momentum; here the parameter loses lr·v and no more",
                ),
            ),
            (opposite, checks.say("方向反了：要减去 lr·v", "the direction is wrong: subtract lr·v")),
            (growing, checks.say("lr 乘了两次", "lr is multiplied in twice")),
            (no_rate, checks.say("没有乘 lr", "lr is missing")),
        ]

    def check_run(starts, lr, momentum, gradients, name, in_place=False):
        """gradients[t][i]: of parameter i in step t"""
        parameters = [nn.Parameter(start.clone()) for start in starts]
        optimizer = Momentum(parameters if len(parameters) == 1 else iter(parameters), lr, momentum)
        once = checks.say(
            "`parameters` 只能循环一次：先用 `list(…)` 存下来",
            "`parameters` can be looped over only once: keep it as a `list(…)` first",
        )
        for t, given in enumerate(gradients):
            for p, g in zip(parameters, given):
                if g is None:
                    p.grad = None
                elif in_place and p.grad is not None:
                    p.grad.copy_(g)
                else:
                    p.grad = g.clone()
            try:
                optimizer.step()
            except RuntimeError as error:
                if "size of tensor" not in str(error) and "shape" not in str(error):
                    error.add_note(name)
                    raise
                sizes = checks.say(
                    "v 和参数的形状对不上：每个参数要有自己的 v，存在 `self` 上",
                    "v does not have the shape of the parameter: every parameter needs a v of its own, kept on `self`",
                )
                raise checks.CheckFailed(name + mark + sizes) from None
            for i, (p, g) in enumerate(zip(parameters, given)):
                place = name + checks.say(f"，第 {t + 1} 步", f", step {t + 1}")
                right, mistakes = variants(starts[i], lr, momentum, [row[i] for row in gradients[: t + 1]])
                kept = checks.say(
                    "梯度被改了：`step()` 只改参数和 v",
                    "the gradient has changed: `step()` changes parameters and v only",
                )
                checks.true(g is None or (p.grad is not None and torch.equal(p.grad, g)), place + mark + kept)
                graph = checks.say(
                    "参数不再是叶子：在 `no_grad` 里就地改",
                    "the parameter is no leaf any more: work in place under `no_grad`",
                )
                checks.true(p.is_leaf and p.requires_grad, place + mark + graph)
                if t == 0 and len(parameters) > 1:
                    still = all(torch.equal(q.detach(), s) for q, s in zip(parameters, starts))
                    checks.true(not still or all(g is None for g in given), place + mark + once)
                alias = checks.say(
                    "v 和 `grad` 是同一个张量：别人改了梯度，v 也跟着变；要有自己的一份",
                    "v and `grad` are the same tensor, and whoever changes the gradient changes v: keep one of your own",
                )
                own = checks.say(
                    "每个参数要有自己的 v，存在 `self` 上",
                    "every parameter needs a v of its own, kept on `self`",
                )
                checks.equal(
                    p.detach(),
                    right,
                    name=place,
                    mistakes=mistakes,
                    hint=alias if in_place else own if len(parameters) > 1 else "",
                )
        return parameters, optimizer

    def simple():
        one = torch.tensor(1.0)
        two = torch.tensor(2.0)
        check_run([one], 0.1, 0.5, [[two], [two], [two]], "Momentum([p], lr=0.1, momentum=0.5)")
        starts = [torch.randn(2, 3), torch.randn(3)]
        gradients = [[torch.randn(2, 3), torch.randn(3)] for _ in range(3)]
        parameters, optimizer = check_run(
            starts, 0.2, 0.9, gradients, checks.say("两个参数", "two parameters")
        )
        optimizer.zero_grad()
        checks.true(
            all(p.grad is None for p in parameters),
            checks.say(
                "`zero_grad()` 之后还有梯度：每个参数的 `grad` 设成 `None`",
                "there is a gradient after `zero_grad()`: set the `grad` of every parameter to `None`",
            ),
        )
        before = [p.detach().clone() for p in parameters]
        optimizer.step()
        checks.true(
            all(torch.equal(p.detach(), old) for p, old in zip(parameters, before)),
            checks.say(
                "没有梯度时 `step()` 不该改参数",
                "without gradients, `step()` should leave the parameters alone",
            ),
        )

    try:
        simple()
    except TypeError as error:
        if "NoneType" not in str(error):
            raise
        raise checks.CheckFailed(
            checks.say("`grad` 可能是 `None`：那个参数要跳过", "a `grad` may be `None`: skip that parameter")
        ) from None
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def harder():
            starts = [torch.randn(4), torch.randn(2, 2), torch.tensor(0.5)]
            gradients = [[torch.randn_like(start) for start in starts] for _ in range(6)]
            gradients[0][1] = gradients[2][0] = gradients[3][0] = gradients[5][2] = None
            check_run(starts, 0.3, 0.8, gradients, checks.say("有时没有梯度", "with gradients missing"))
            gradients = [[torch.randn_like(start) for start in starts] for _ in range(4)]
            check_run(
                starts,
                0.3,
                0.8,
                gradients,
                checks.say("梯度张量就地更新", "gradients changed in place"),
                in_place=True,
            )
            check_run(starts, 0.05, 0, gradients, "momentum=0")
            starts = [start.double() for start in starts]
            gradients = [[g.double() for g in row] for row in gradients]
            check_run(starts, 0.5, 0.99, gradients, "float64")
            # Two optimisers, used in turn, know nothing of each other.
            p, q = (nn.Parameter(torch.zeros(2)) for _ in range(2))
            first, second = Momentum([p], 1.0, 0.5), Momentum([q], 0.1, 0.0)
            for _ in range(2):
                p.grad, q.grad = torch.ones(2), torch.ones(2)
                first.step()
                second.step()
            apart = checks.say(
                "两个优化器共用了状态：存在 `self` 上，不要写在类里",
                "two optimisers share their state: keep it on `self`, not in the class",
            )
            expected = torch.tensor([-2.5, -2.5]), torch.tensor([-0.2, -0.2])
            for parameter, value in zip((p, q), expected):
                checks.equal(parameter.detach(), value, name="Momentum", hint=apart)
            elsewhere = nn.Parameter(torch.ones(2, device="meta"))
            elsewhere.grad = torch.ones(2, device="meta")
            try:
                Momentum([elsewhere], 0.1, 0.9).step()
            except (NotImplementedError, RuntimeError) as error:
                if not str(error):
                    raise
                device = checks.say(
                    "参数在别的设备上时会出错：v 要和参数在同一个设备上，例如 `torch.zeros_like(p)`",
                    "fails for a parameter on another device: v belongs on the parameter's, as in `torch.zeros_like(p)`",
                )
                raise checks.CheckFailed("Momentum" + mark + device) from None
            model = nn.Sequential(nn.Linear(3, 2), nn.ReLU(), nn.Linear(2, 1))
            optimizer = Momentum(model.parameters(), 0.1, 0.9)
            ready = checks.say(
                "不要用 `torch.optim`，自己写", "leave out `torch.optim` and write it yourself"
            )
            inside = [value for value in vars(optimizer).values() if isinstance(value, torch.optim.Optimizer)]
            checks.true(not inside and not isinstance(optimizer, torch.optim.SGD), "Momentum" + mark + ready)

        harder()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 5.5 训练循环
#
# 现在把零件装起来。取 FashionMNIST：训练集的图片整个就是一个张量 `data`，不必一张一张取出来变换，切片就得到一批，快得多¹。
#
# <small>¹ 一张一张地取图片、变换、再叠成一批，60,000 张要好几秒；从一个张量里按索引取一批，几乎不花时间。数据大到放不进内存时，才需要 `Dataset` 一张一张地读（第 2 节）。</small>

# %% [markdown] tags=["en"]
# ## 5.5 The training loop
#
# Now the parts come together, with FashionMNIST. Its training pictures are one tensor, `data`, and instead of taking out, transforming and stacking single pictures you get a batch by indexing, which is far quicker¹.
#
# <small>¹ Taking 60,000 pictures one by one, transforming and stacking them takes several seconds; picking a batch out of a tensor by its indices takes next to none. Only data too big for memory has to be read picture by picture by a `Dataset` (section 2).</small>

# %% tags=["nbval-ignore-output"]
root = data_root()
training_data = datasets.FashionMNIST(root=root, train=True, download=True)
test_data = datasets.FashionMNIST(root=root, train=False, download=True)
train_images, train_labels = training_data.data[:6000, None] / 255, training_data.targets[:6000]
valid_images, valid_labels = training_data.data[-2000:, None] / 255, training_data.targets[-2000:]
test_images, test_labels = test_data.data[:, None] / 255, test_data.targets
print(train_images.shape, train_images.dtype, train_labels.shape, train_labels.dtype)


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
        return self.linear_relu_stack(self.flatten(x))


# %% [markdown] tags=["zh"]
# 下面是原文的训练循环，改正以后的样子¹。先只用 64 张图片，反复看它们。每一步五件事，少一件都不行：
#
# | 一步 | 忘了会怎样 |
# | :-- | :-- |
# | `outputs = net(inputs)` 前向 | 没有输出，损失算不了 |
# | `loss = criterion(outputs, labels)` 损失 | 没有起点，反向不了 |
# | `optimizer.zero_grad()` 清零 | 以前的梯度混进来，步子越来越乱 |
# | `loss.backward()` 反向 | 没有梯度，`step()` 什么也不做 |
# | `optimizer.step()` 走一步 | 参数不变，损失原地不动 |
#
# `zero_grad()` 放在 `backward()` 之前的哪里都可以；别的顺序不能变。
#
# <small>¹ 原文的例子运行不了，运行了也学不到东西：`Net` 没有定义；输入是 32×32，而前面的网络要 28×28；「标签」是 `torch.randn(1, 10)`，既不是类别也不是概率；只有一个随机的样本，没有真正的数据，也没有评估；学习率 0.001 对 SGD 太小（见 5.9）。这里用第 4 节的网络、真正的图片和类别、0.1 的学习率。</small>

# %% [markdown] tags=["en"]
# Here is the training loop of the original document, mended¹. For now it looks at 64 pictures only, again and again. A step takes five things, none of which can be left out:
#
# | a step | if you forget it |
# | :-- | :-- |
# | `outputs = net(inputs)`: forward | no output to compute a loss from |
# | `loss = criterion(outputs, labels)`: loss | nothing to go backward from |
# | `optimizer.zero_grad()`: clear | earlier gradients mix in, and steps get ever wilder |
# | `loss.backward()`: backward | no gradients, and `step()` does nothing |
# | `optimizer.step()`: step | parameters stay, the loss does not move |
#
# `zero_grad()` may stand anywhere before `backward()`; the others have to come in this order.
#
# <small>¹ The original example does not run, and if it did, nothing would be learned: `Net` is not defined; the input is 32×32, while the network from before takes 28×28; the "labels" are `torch.randn(1, 10)`, which are neither classes nor probabilities; there is a single random sample, no real data and no evaluation; and a learning rate of 0.001 is too small for SGD (see 5.9). Here it has the network of section 4, real pictures and classes, and a learning rate of 0.1.</small>

# %% tags=["nbval-ignore-output"]
torch.manual_seed(0)
net = NeuralNetwork()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
inputs, labels = train_images[:64], train_labels[:64]
net.train()
for epoch in range(10):
    outputs = net(inputs)
    loss = criterion(outputs, labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(f"Epoch {epoch + 1:>2}, loss: {loss.item():.3f}")

# %% [markdown] tags=["zh"]
# 第一行的损失约为 ln 10 ≈ 2.30：正是瞎猜的水平（练习 5.3a）。然后一路下降。
#
# 真正训练时，一个轮次里走遍所有小批量，每批走一步。循环开头调用 `net.train()`，因为有 dropout 或批归一化的网络在训练和评估时不一样（4.4）。顺便把损失累加起来，轮次结束时报告**每个样本**的平均：每批的损失已经是平均，要乘上这批的样本数（2.5）。

# %% [markdown] tags=["en"]
# The loss in the first line is about ln 10 ≈ 2.30, just what guessing gives (exercise 5.3a). From there it falls.
#
# In real training, an epoch goes through all mini-batches and takes a step for each. Call `net.train()` at the start, since a network with dropout or batch norm does one thing in training and another in evaluation (4.4). On the way, add up the loss, and report the mean per **sample** at the end: the loss of a batch is a mean already, so multiply it by the number of samples in that batch (2.5).

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.5 · 一个轮次（4 分）
#
# 写函数 `train_one_epoch(model, batches, loss_function, optimizer)`：`batches` 给出一批批 `(images, labels)`，至少一批，可能只能循环一遍；`loss_function(logits, labels)` 给出一批的平均损失。按顺序每批走一步，返回这个轮次里每个**样本**的平均损失，一个 Python `float`。
#
# - 每批的损失在走这一步**之前**算（就是用来反向的那一个）。
# - 模型要处于训练模式，调用之前不一定是。
# - 调用之前留下的梯度不算在内。
#
# 批改时，你的函数要用 Adam 在全部 60,000 张图片上训练第 4 节的网络一个轮次，测试集上的正确率要达到 75%（写对了大约是 85%）。
#
# 例：两批的损失是 2.0（3 个样本）和 1.0（1 个样本），返回 `1.75`。
#
# <details><summary>提示 1</summary>五件事的顺序：前向、损失、清零、反向、走一步；都在循环里面。</details>
# <details><summary>提示 2</summary>损失直接用 logits；用 <code>.item()</code> 取出数来累加，乘上 <code>len(labels)</code>。</details>
# <details><summary>提示 3</summary>总和与个数分开累加，循环结束后才相除。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.5 · One epoch (4 points)
#
# Write `train_one_epoch(model, batches, loss_function, optimizer)`: `batches` gives pairs `(images, labels)`, at least one, perhaps in a form that can be looped over only once; `loss_function(logits, labels)` gives the mean loss of a batch. Take one step for each batch, in their order, and return the mean loss per **sample** in this epoch, a Python `float`.
#
# - The loss of a batch is that **before** its step (the very one you go backward from).
# - The model has to be in train mode; before the call it need not be.
# - Gradients left from before the call don't count.
#
# In grading, your function trains the network of section 4 on all 60,000 pictures for one epoch with Adam, and has to reach an accuracy of 75 % on the test set (if it is right, it gets about 85 %).
#
# Example: with losses of 2.0 (3 samples) and 1.0 (1 sample) in two batches, it returns `1.75`.
#
# <details><summary>Hint 1</summary>The five things in order: forward, loss, clear, backward, step; all inside the loop.</details>
# <details><summary>Hint 2</summary>Give the loss the logits as they are; take the number out with <code>.item()</code>, and multiply by <code>len(labels)</code> before adding up.</details>
# <details><summary>Hint 3</summary>Keep a total and a count, and divide after the loop.</details>


# %% nbgrader={"grade": false, "grade_id": "train_one_epoch", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_one_epoch(model: nn.Module, batches, loss_function, optimizer: torch.optim.Optimizer) -> float:
    """Take a step for each (images, labels) in batches; return the mean loss per sample."""
    ### BEGIN SOLUTION
    model.train()
    total, count = 0.0, 0
    for batch_images, batch_labels in batches:
        batch_loss = loss_function(model(batch_images), batch_labels)
        optimizer.zero_grad()
        batch_loss.backward()
        optimizer.step()
        total += batch_loss.item() * len(batch_labels)
        count += len(batch_labels)
    return total / count
    ### END SOLUTION


# %% tags=["exercise"]
trial = nn.Linear(4, 3)
trial_batches = [(torch.rand(8, 4), torch.arange(8) % 3)]
for _ in range(3):
    print(
        train_one_epoch(
            trial, trial_batches, nn.CrossEntropyLoss(), torch.optim.SGD(trial.parameters(), lr=1.0)
        )
    )

# %% nbgrader={"grade": true, "grade_id": "train_one_epoch-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn

from pytorch_learning import checks
from pytorch_learning.checks import learning, loops
from pytorch_learning.thresholds import ONE_EPOCH

with checks.exercise("train_one_epoch"):
    mark = checks.say("：", ": ")

    def small_model():
        return nn.Sequential(nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 4)).double()

    def some_batches(*sizes):
        return [(torch.randn(n, 3).double() * 2, torch.randint(4, (n,))) for n in sizes]

    def sgd(model):
        return torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.5)

    def reference(model, batches, loss_function, optimizer):
        """Losses of the batches, before and after each step; the model is trained."""
        losses, late = [], []
        for x, y in batches:
            optimizer.zero_grad()
            loss = loss_function(model(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            late.append(loss_function(model(x), y).item())
        return losses, late

    def check_epoch(make_model, make_batches, loss_function=None, name="train_one_epoch", once=False):
        loss_function = loss_function or nn.CrossEntropyLoss()
        start, data = make_model(), make_batches()
        teacher, student = copy.deepcopy(start), copy.deepcopy(start)
        losses, late = reference(teacher, data, loss_function, sgd(teacher))
        sizes = [len(y) for _, y in data]
        optimizer = sgd(student)
        student.eval()
        given = iter([(x.clone(), y.clone()) for x, y in data]) if once else data
        with loops.watch(student, optimizer) as seen:
            try:
                result = train_one_epoch(student, given, loss_function, optimizer)
            except Exception as error:
                error.add_note(name)
                raise
        used = checks.say(
            "没有用到模型：调用 `model(images)`", "the model was never used: call `model(images)`"
        )
        if once:
            used = checks.say(
                "没有用到模型：训练之前是不是已经循环过一遍了？只循环一遍，边训练边数",
                "the model was never used: were the batches looped over before training? Loop once, and count on the way",
            )
        checks.true(bool(seen.inputs), name + mark + used)
        mode = checks.say(
            "模型不在训练模式：开头调用 `model.train()`",
            "the model is not in train mode: call `model.train()` first",
        )
        checks.true(all(seen.modes), name + mark + mode)
        none = checks.say(
            "优化器一步也没有走：`backward()` 之后调用 `optimizer.step()`",
            "the optimiser took no step: call `optimizer.step()` after `backward()`",
        )
        checks.true(seen.steps_taken > 0, name + mark + none)
        count = checks.say(
            f"{len(data)} 批应走 {len(data)} 步，走了 {seen.steps_taken} 步：`step()` 要在循环里、每批一次，`return` 在循环外",
            f"{len(data)} batches make {len(data)} steps, {seen.steps_taken} were taken: `step()` belongs inside the loop, once a batch, and `return` outside",
        )
        checks.true(seen.steps_taken == len(data), name + mark + count)
        still = checks.say(
            "参数没有变：走一步之前要有梯度，`backward()` 之后不能马上清零",
            "the parameters did not change: a step needs gradients, so go backward first and don't clear before the step",
        )
        pairs = zip(student.parameters(), start.parameters())
        checks.true(not all(torch.equal(p, q) for p, q in pairs), name + mark + still)
        mistakes = []
        for wrong, sentence in wrong_loops:
            twin = copy.deepcopy(start)
            try:
                wrong(twin, data, loss_function, sgd(twin))
            except RuntimeError:
                continue
            mistakes.append((twin, sentence))
        loops.same_parameters(student, teacher, name=name, mistakes=mistakes, hint=in_order)
        after = sum(loss_function(teacher(x), y).item() * n for (x, y), n in zip(data, sizes)) / sum(sizes)
        after_each = sum(a * n for a, n in zip(late, sizes)) / sum(sizes)
        too_late_ones = [(after, too_late), (after_each, too_late)]
        loops.sample_mean(result, losses, sizes, name=name, mistakes=too_late_ones)

    def keeps_gradients(model, batches, loss_function, optimizer):
        for x, y in batches:
            loss_function(model(x), y).backward()
            optimizer.step()

    def softmax_first(model, batches, loss_function, optimizer):
        reference(nn.Sequential(model, nn.Softmax(dim=1)), batches, loss_function, optimizer)

    wrong_loops = [
        (
            keeps_gradients,
            checks.say("梯度越积越多：每一步都要清零", "gradients pile up: clear them at every step"),
        ),
        (
            softmax_first,
            checks.say(
                "先做了 softmax：损失直接用 logits",
                "there is a softmax first: the loss takes the logits as they are",
            ),
        ),
    ]
    in_order = checks.say(
        "每批按前向、损失、清零、反向、走一步的顺序各做一次；损失直接用 logits",
        "for each batch forward, loss, clear, backward and step, once each; the loss takes the logits as they are",
    )
    too_late = checks.say(
        "这是训练以后再算的损失：要每步之前的那一个",
        "that loss was computed after training: the one before each step is wanted",
    )

    def visible():
        check_epoch(small_model, lambda: some_batches(4, 4, 4))
        check_epoch(small_model, lambda: some_batches(5, 5, 2))
        model, batches = small_model(), some_batches(4, 4)
        checks.clears_gradients(
            model,
            lambda twin: train_one_epoch(twin, batches, nn.CrossEntropyLoss(), sgd(twin)),
            name="train_one_epoch",
        )

    visible()
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def further_tests():
            one_way = checks.say("`batches` 只能循环一遍", "`batches` that can be looped over only once")
            check_epoch(small_model, lambda: some_batches(3, 3, 1), once=True, name=one_way)
            check_epoch(small_model, lambda: some_batches(1))
            check_epoch(
                lambda: nn.Linear(3, 2).double(),
                lambda: [(torch.randn(n, 3).double(), torch.randn(n, 2).double()) for n in (6, 6, 2)],
                nn.MSELoss(),
            )
            frozen = small_model()
            frozen[0].weight.requires_grad_(False)
            check_epoch(lambda: copy.deepcopy(frozen), lambda: some_batches(4, 2))
            # No bias ahead of the batch norm, which subtracts the mean: its gradient would be mere rounding.
            model = nn.Sequential(
                nn.Linear(3, 4, bias=False), nn.BatchNorm1d(4), nn.Dropout(0.3), nn.Linear(4, 4)
            ).double()
            checks.parameters_change(
                model,
                lambda: train_one_epoch(model, some_batches(8, 8), nn.CrossEntropyLoss(), sgd(model)),
                name="train_one_epoch",
            )

        def all_garments():
            images, labels = learning.garments("train")
            model = learning.network()
            order = torch.randperm(len(labels)).split(64)
            batches = ((images[rows], labels[rows]) for rows in order)
            optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
            train_one_epoch(model, batches, nn.CrossEntropyLoss(), optimizer)
            learning.reaches(model, ONE_EPOCH, name="train_one_epoch")

        further_tests()
        all_garments()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 5.6 评估
#
# 训练损失说的是网络对**看过的**图片猜得怎样。我们要知道的是它对**没看过的**图片怎样，所以要在验证集（2.4）上评估。评估和训练有三处不同：
#
# - `net.eval()`：dropout 和批归一化换成评估时的样子，评估完再换回原来的模式；
# - `torch.no_grad()`：不记图，又快又省内存；
# - 只看不动：没有 `backward()`，没有 `step()`。
#
# 下面的网络有 dropout。在训练模式下，同一批图片每次得到的损失都不同，而且偏大；评估模式下才是它真正的水平：

# %% [markdown] tags=["en"]
# ## 5.6 Evaluation
#
# The training loss tells how well the network does on pictures that it *has seen*. What you want to know is how it does on pictures it *has not seen*, and that is what the validation set is for (2.4). Evaluation differs from training in three ways:
#
# - `net.eval()`: dropout and batch norm behave as in use; afterwards go back to the mode that was on before;
# - `torch.no_grad()`: nothing is recorded, which is quicker and takes less memory;
# - look, don't touch: no `backward()`, no `step()`.
#
# The network below has dropout. In train mode the same pictures give another loss each time, mostly too large; only eval mode shows what it can do:

# %% tags=["nbval-ignore-output"]
torch.manual_seed(0)
wobbly = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10))
optimizer = torch.optim.Adam(wobbly.parameters(), lr=1e-3)
for rows in torch.randperm(2000).split(64):
    optimizer.zero_grad()
    criterion(wobbly(train_images[rows]), train_labels[rows]).backward()
    optimizer.step()
for mode in (True, True, False, False):
    wobbly.train(mode)
    with torch.no_grad():
        loss = criterion(wobbly(valid_images), valid_labels)
    print("train mode:" if mode else "eval mode: ", f"{loss.item():.4f}")

# %% [markdown] tags=["zh"]
# 除了损失，还要看**正确率**（accuracy）：预测对了的比例。两个都是每个样本的平均，所以同样累加总和与个数，最后才相除。

# %% [markdown] tags=["en"]
# Besides the loss there is **accuracy**, the share of right predictions. Both are means over samples, so again keep totals and a count, and divide at the end.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.6 · 评估一个模型（4 分）
#
# 写函数 `evaluate(model, batches, loss_function)`：`batches` 和 `loss_function` 同练习 5.5。返回元组 `(loss, accuracy)`：每个样本的平均损失，以及预测对了的比例（0 到 1），都是 Python `float`。
#
# - 模型以评估模式、不记图的方式运行；写 `model(…)`，不写 `model.forward(…)`。
# - 结束后模型回到原来的模式：原来在训练就回到训练，原来在评估就留在评估。参数、缓冲区和 `grad` 都不变。
#
# 例：3 个样本，损失是 0.2、0.4、0.9，对了两个：返回 `(0.5, 0.6667)`（约）。
#
# <details><summary>提示 1</summary>先记下 <code>model.training</code>，最后 <code>model.train(…)</code> 恢复。</details>
# <details><summary>提示 2</summary>预测的类别：logits 沿类别的维度取 <code>argmax</code>。</details>
# <details><summary>提示 3</summary>对的个数：<code>(predicted == labels).sum().item()</code>。批有大有小，损失要乘上样本数。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.6 · Evaluating a model (4 points)
#
# Write `evaluate(model, batches, loss_function)`, with `batches` and `loss_function` as in exercise 5.5. Return a tuple `(loss, accuracy)`: the mean loss per sample, and the share of right predictions (0 to 1), both Python `float`s.
#
# - The model runs in eval mode and nothing is recorded; call it as a function.
# - Afterwards the model is in the mode it was in: in train mode if it was in train mode, in eval mode if it was in eval mode. Parameters, buffers and `grad` stay as they are.
#
# Example: 3 samples with losses 0.2, 0.4 and 0.9, two of them right, give about `(0.5, 0.6667)`.
#
# <details><summary>Hint 1</summary>Note <code>model.training</code> at the start, and go back with <code>model.train(…)</code> at the end.</details>
# <details><summary>Hint 2</summary>The predicted class is the <code>argmax</code> of the logits along the dimension of the classes.</details>
# <details><summary>Hint 3</summary>How many are right: <code>(predicted == labels).sum().item()</code>. Batches differ in size: multiply the loss by the number of samples.</details>


# %% nbgrader={"grade": false, "grade_id": "evaluate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def evaluate(model: nn.Module, batches, loss_function) -> tuple[float, float]:
    """The mean loss and the accuracy over all samples in batches."""
    ### BEGIN SOLUTION
    mode = model.training
    model.eval()
    total, correct, count = 0.0, 0, 0
    with torch.no_grad():
        for batch_images, batch_labels in batches:
            logits = model(batch_images)
            total += loss_function(logits, batch_labels).item() * len(batch_labels)
            correct += (logits.argmax(dim=1) == batch_labels).sum().item()
            count += len(batch_labels)
    model.train(mode)
    return total / count, correct / count
    ### END SOLUTION


# %% tags=["exercise"]
evaluate(
    nn.Identity(),
    [(torch.tensor([[2.0, 0.0], [0.0, 1.0], [3.0, 0.0]]), torch.tensor([0, 1, 1]))],
    nn.CrossEntropyLoss(),
)

# %% nbgrader={"grade": true, "grade_id": "evaluate-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("evaluate"):
    loss_mean = checks.say(
        "损失是各批的平均：批有大有小，要乘上样本数，最后除以总数",
        "the loss is a mean of batches: they differ in size, so multiply by the samples and divide by their total",
    )
    right_mean = checks.say(
        "正确率是各批的平均：批有大有小，累加对的个数，最后除以总数",
        "the accuracy is a mean of batches: they differ in size, so count the right ones and divide by the total",
    )
    softmax_first = checks.say(
        "先做了 softmax：损失直接用 logits", "there is a softmax first: the loss takes the logits as they are"
    )
    swapped = checks.say(
        "两个对调了：先损失，后正确率", "the two are swapped: first the loss, then the accuracy"
    )
    percent = checks.say(
        "正确率是 0 到 1 的比例，不是百分数", "accuracy is a share from 0 to 1, no percentage"
    )
    counted = checks.say(
        "这是对的个数，还要除以样本数", "that is how many are right; divide by the number of samples"
    )
    flattened = checks.say(
        "`argmax` 要写维度，不然整批只得到一个位置：类别在 `dim=1`",
        "give `argmax` a dimension, or it finds one position for the whole batch: classes lie along `dim=1`",
    )

    def check_evaluate(model, batches, loss_function=None, train=True, once=False, name="evaluate"):
        loss_function = loss_function or nn.CrossEntropyLoss()
        twin = copy.deepcopy(model).eval()
        with torch.no_grad():
            parts = [
                (len(y), loss_function(twin(x), y).item(), (twin(x).argmax(1) == y).sum().item())
                for x, y in batches
            ]
        count = sum(n for n, _, _ in parts)
        loss = sum(n * part_loss for n, part_loss, _ in parts) / count
        accuracy = sum(hits for _, _, hits in parts) / count
        model.train(train)
        for parameter in model.parameters():
            parameter.grad = torch.ones_like(parameter)
        given = iter(list(batches)) if once else batches
        try:
            result = checks.evaluates(model, lambda: evaluate(model, given, loss_function), name=name)
        except Exception as error:
            error.add_note(name)
            raise
        finally:
            recording = torch.is_grad_enabled()
            torch.set_grad_enabled(True)
        mark = checks.say("：", ": ")
        gradient = checks.say(
            "`grad` 变了：评估时不要清零，也不要反向",
            "a `grad` has changed: neither clear nor go backward here",
        )
        kept = all(p.grad is not None and torch.equal(p.grad, torch.ones_like(p)) for p in model.parameters())
        checks.true(kept, name + mark + gradient)
        off = checks.say(
            "autograd 被永久关掉了：用 `with torch.no_grad():`",
            "autograd is switched off for good: use `with torch.no_grad():`",
        )
        checks.true(recording, name + mark + off)
        if isinstance(result, (tuple, list)) and any(isinstance(item, torch.Tensor) for item in result):
            tensor = checks.say(
                "要 Python 数，不是张量：`.item()`", "Python numbers are wanted, no tensors: `.item()`"
            )
            raise checks.CheckFailed(name + mark + tensor)
        batch_losses = sum(part_loss for _, part_loss, _ in parts) / len(parts)
        with torch.no_grad():
            doubled = sum(loss_function(twin(x).softmax(1), y).item() * len(y) for x, y in batches) / count
        batch_accuracies = sum(hits / n for n, _, hits in parts) / len(parts)
        hits = sum(hits for _, _, hits in parts)
        with torch.no_grad():
            one_position = sum((twin(x).argmax() == y).sum().item() for x, y in batches) / count
        checks.equal(
            result,
            (loss, accuracy),
            name=name,
            mistakes=[
                ((batch_losses, accuracy), loss_mean),
                ((batch_losses, batch_accuracies), loss_mean),
                ((loss, batch_accuracies), right_mean),
                ((doubled, accuracy), softmax_first),
                ((accuracy, loss), swapped),
                ((loss, 100 * accuracy), percent),
                ((loss, hits), counted),
                ((loss, float(hits)), counted),
                ((sum(part_loss for _, part_loss, _ in parts) / count, accuracy), loss_mean),
                (
                    (loss * count, accuracy),
                    checks.say(
                        "损失是总和，还要除以样本数", "the loss is a sum; divide by the number of samples"
                    ),
                ),
                (
                    (loss * count / len(parts), accuracy),
                    checks.say(
                        "损失除以了批数，应除以样本数",
                        "the loss is divided by the number of batches: divide by that of samples",
                    ),
                ),
                ((loss, one_position), flattened),
                ((loss, 1 - accuracy), checks.say("这是错了的比例", "that is the share of wrong ones")),
                (
                    (parts[-1][1], parts[-1][2] / parts[-1][0]),
                    checks.say("只有最后一批", "that is the last batch only"),
                ),
                (
                    (parts[0][1], parts[0][2] / parts[0][0]),
                    checks.say(
                        "只有第一批：`return` 是不是在循环里？",
                        "that is the first batch only: is `return` inside the loop?",
                    ),
                ),
            ],
        )

    def some_batches(*sizes):
        return [(torch.randn(n, 3), torch.randint(4, (n,))) for n in sizes]

    def network():
        return nn.Sequential(nn.Linear(3, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.5), nn.Linear(8, 4))

    in_eval = checks.say("evaluate，模型原来在评估模式", "evaluate, for a model in eval mode")
    check_evaluate(network(), some_batches(5, 5, 2))
    check_evaluate(network(), some_batches(4, 4), train=False, name=in_eval)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def further_tests():
            once = checks.say(
                "`batches` 只能循环一遍，第二遍就空了",
                "`batches` that can be looped over only once and are empty after that",
            )
            check_evaluate(network(), some_batches(6, 6, 1), once=True, name=once)
            check_evaluate(network(), some_batches(1), train=False)
            check_evaluate(network().double(), [(x.double(), y) for x, y in some_batches(7, 2)])
            for _ in range(3):
                check_evaluate(nn.Linear(3, 4), some_batches(10, 10, 3), train=True)
            smooth = nn.CrossEntropyLoss(label_smoothing=0.2)
            check_evaluate(network(), some_batches(9, 4), smooth, train=False)

        further_tests()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 5.7 在 FashionMNIST 上训练
#
# 每个轮次：打乱，训练，再在验证集上评估，把两个损失都记下来。小批量这样取：`RandomSampler` 给出打乱的索引，`BatchSampler` 把它们分成一批批，`batch_size=None` 告诉 DataLoader 这已经是一批了，用整批索引去取就行。
#
# 训练要等，**进度条**让人安心：`tqdm(…)` 套在任何可以循环的东西外面，循环照旧¹。`set_postfix` 在后面显示最近的数。
#
# 下面故意只用 500 张图片，训练 30 个轮次：
#
# <small>¹ `tqdm` 默认写到 stderr（报错用的输出），笔记本里显示成红底，所以写 `file=sys.stdout`；`bar_format` 去掉了时间，每次运行的输出才一样。练习的答案里不要留进度条：检查会调用它许多次，满屏都是。</small>

# %% [markdown] tags=["en"]
# ## 5.7 Training on FashionMNIST
#
# Each epoch: shuffle, train, then evaluate on the validation set, and note both losses. This is how to get the mini-batches: `RandomSampler` gives shuffled indices, `BatchSampler` groups them, and `batch_size=None` tells the DataLoader that each group is a batch already, to be fetched with all its indices at once.
#
# Training takes a while, and a **progress bar** is reassuring: wrap `tqdm(…)` around anything that you loop over, and the loop goes on as before¹. `set_postfix` shows the latest numbers at its end.
#
# On purpose, this takes 500 pictures only, and trains for 30 epochs:
#
# <small>¹ By default `tqdm` writes to stderr, the output for errors, which a notebook shows on red; hence `file=sys.stdout`. The `bar_format` leaves out the times, so that each run prints the same. Leave no progress bar in an answer: checks call it many times, and it would fill the page.</small>


# %%
def learn(net, optimizer, data, epochs, batch_size=64):
    """Train; return the mean training and validation loss of each epoch."""
    sampler = BatchSampler(RandomSampler(data), batch_size, drop_last=False)
    loader = DataLoader(data, batch_size=None, sampler=sampler)
    history = []
    bar = tqdm(range(epochs), file=sys.stdout, bar_format="{desc}{n_fmt}/{total_fmt} |{bar:30}|{postfix}")
    for _ in bar:
        net.train()
        losses, numbers = [], []
        for some_images, some_labels in loader:
            optimizer.zero_grad()
            loss = criterion(net(some_images), some_labels)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            numbers.append(len(some_labels))
        net.eval()
        with torch.no_grad():
            valid_loss = criterion(net(valid_images), valid_labels).item()
        train_loss = sum(a * n for a, n in zip(losses, numbers)) / sum(numbers)
        history.append((train_loss, valid_loss))
        bar.set_postfix(training=f"{train_loss:.3f}", validation=f"{valid_loss:.3f}")
    return history


# %% tags=["nbval-ignore-output"]
torch.manual_seed(0)
net = NeuralNetwork()
few = TensorDataset(train_images[:500], train_labels[:500])
history = learn(net, torch.optim.Adam(net.parameters(), lr=1e-3), few, epochs=30, batch_size=32)

# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(figsize=(7, 3.5), layout="constrained")
train_curve, valid_curve = zip(*history)
axes.plot(range(1, 31), train_curve, "o-", markersize=4, label="training")
axes.plot(range(1, 31), valid_curve, "s-", markersize=4, label="validation")
lowest = min(range(30), key=lambda epoch: valid_curve[epoch])
axes.axvline(lowest + 1, color="black", linestyle="--", linewidth=1, label="lowest validation loss")
axes.set(xlabel="epoch", ylabel="loss")
axes.legend(loc="upper right")
plt.show()

# %% [markdown] tags=["zh"]
# 训练损失一路往下，验证损失先降、后平、再升：网络开始**背**这 500 张图片，而不是学会分辨衣物，这叫**过拟合**（overfitting）。看这张图要问三个问题：
#
# - 训练损失降不下去？学习率不合适、网络太小，或者哪里写错了（5.9）。
# - 两条线都还在降？再多训练几个轮次。
# - 验证损失回升？该停了；更多的数据、数据增强（3.2）或 dropout（4.4）会有帮助。
#
# **早停**（early stopping）把第三条自动化：验证损失连续几个轮次没有创新低，就停下来，用最低的那个轮次的参数。

# %% [markdown] tags=["en"]
# The training loss keeps falling; the validation loss falls, flattens and rises again: the network begins to learn those 500 pictures *by heart* instead of learning to tell garments apart. This is **overfitting**. Ask a picture like this three questions:
#
# - The training loss won't fall? The learning rate is wrong, the network too small, or there is a mistake somewhere (5.9).
# - Both are still falling? Train for some more epochs.
# - The validation loss rises? Time to stop; more data, augmentation (3.2) or dropout (4.4) would help.
#
# **Early stopping** does the third one for you: if the validation loss has set no new record for some epochs, stop, and take the parameters from the epoch where it was lowest.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.7a · 什么时候停（2 分）
#
# 写函数 `early_stop(losses, patience)`：`losses` 是每个轮次的验证损失（列表，至少一个，轮次从 0 数起），`patience` 至少是 1。一个轮次一个轮次地看：当前的最低损失之后，已经连续 `patience` 个轮次没有**更低**的，就停。返回元组 `(best, stop)`：停下时最低损失所在的轮次，以及停在哪个轮次；一直没有停，`stop` 就是最后一个轮次。
#
# - 相等不算更低。停了以后的损失不许看：真正训练时它们还不存在。
#
# 例：`early_stop([0.9, 0.7, 0.6, 0.65, 0.64, 0.5], 2)` 得到 `(2, 4)`；`patience=3` 得到 `(5, 5)`。
#
# <details><summary>提示 1</summary>记住到现在为止最低的损失和它的轮次。</details>
# <details><summary>提示 2</summary>没有更低：现在的轮次减去最低的轮次，达到 <code>patience</code> 就停。</details>
# <details><summary>提示 3</summary><code>enumerate(losses)</code> 给出轮次和损失。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.7a · When to stop (2 points)
#
# Write `early_stop(losses, patience)`: `losses` are the validation losses of the epochs (a list of at least one; epochs count from 0), and `patience` is at least 1. Look at them epoch by epoch, and stop once `patience` epochs in a row after the lowest loss so far have brought no *lower* one. Return a tuple `(best, stop)`: the epoch of the lowest loss at that time, and the epoch where it stops; if it never stops, `stop` is the last epoch.
#
# - Equal is not lower. Losses after the stop must not be looked at: in real training they don't exist yet.
#
# Example: `early_stop([0.9, 0.7, 0.6, 0.65, 0.64, 0.5], 2)` gives `(2, 4)`; with `patience=3` it gives `(5, 5)`.
#
# <details><summary>Hint 1</summary>Remember the lowest loss so far and its epoch.</details>
# <details><summary>Hint 2</summary>If it is no lower: this epoch minus the best one; stop when that reaches <code>patience</code>.</details>
# <details><summary>Hint 3</summary><code>enumerate(losses)</code> gives epochs and losses.</details>


# %% nbgrader={"grade": false, "grade_id": "early_stop", "locked": false, "schema_version": 3, "solution": true, "task": false}
def early_stop(losses: list[float], patience: int) -> tuple[int, int]:
    """The best epoch and the epoch where training stops."""
    ### BEGIN SOLUTION
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1
    ### END SOLUTION


# %% tags=["exercise"]
early_stop([0.9, 0.7, 0.6, 0.65, 0.64, 0.5], 2)

# %% nbgrader={"grade": true, "grade_id": "early_stop-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import random

from pytorch_learning import checks

with checks.exercise("early_stop"):
    previous = checks.say(
        "要和**最低**的损失比，不是和上一个轮次比",
        "compare with the *lowest* loss, not with that of the epoch before",
    )
    peeks = checks.say(
        "停下之后的损失也看了：那时它们还不存在", "you looked at losses after the stop: they don't exist yet"
    )
    never = checks.say(
        "没有停：连续 `patience` 个轮次没有更低（和到现在为止**最低**的比）就停",
        "it does not stop: stop after `patience` epochs without a lower loss, compared with the *lowest* so far",
    )
    equal = checks.say("相等不算更低", "equal is not lower")
    late = checks.say("停晚了一个轮次", "it stops one epoch late")
    early = checks.say("停早了一个轮次", "it stops one epoch early")
    swapped = checks.say(
        "两个对调了：先最低的轮次，后停下的轮次", "the two are swapped: first the best epoch, then the stop"
    )
    from_1 = checks.say("轮次从 0 数起", "epochs count from 0")
    a_loss = checks.say("要最低损失的轮次，不是损失", "the epoch of the lowest loss is wanted, not the loss")
    last_one = checks.say(
        "最后一个轮次是 `len(losses) - 1`：从 0 数起",
        "the last epoch is `len(losses) - 1`: they count from 0",
    )
    recount = checks.say(
        "连续的才算：有了新的最低损失，就要重新数起",
        "only epochs in a row count: count again from 0 after a new lowest loss",
    )
    above_1 = checks.say(
        "损失可以大于 1：一开始的最低损失用 `losses[0]` 或 `math.inf`",
        "losses may be above 1: the lowest one is `losses[0]` or `math.inf` to begin with",
    )
    example = [0.9, 0.7, 0.6, 0.65, 0.64, 0.5]
    for some_losses, some_patience, expected, mistakes in [
        (
            [0.5, 0.6, 0.7, 0.8, 0.9],
            2,
            (0, 2),
            [
                ((0, 1), early),
                ((0, 3), late),
                ((0, 4), never),
                ((2, 0), swapped),
                ((1, 3), from_1),
                ((0.5, 2), a_loss),
            ],
        ),
        (
            example,
            2,
            (2, 4),
            [
                ((5, 4), peeks),
                ((5, 5), never),
                ((2, 3), early),
                ((2, 5), late),
                ((4, 2), swapped),
                ((3, 5), from_1),
                ((0.6, 4), a_loss),
            ],
        ),
        (example, 3, (5, 5), [((2, 4), early), ((5, 6), last_one), ((6, 6), from_1), ((0.5, 5), a_loss)]),
        (
            [2.3, 1.9, 2.0, 1.7, 1.8, 1.75],
            2,
            (3, 5),
            [((3, 4), recount), ((0, 1), above_1), ((0, 2), above_1), ((1, 2), early)],
        ),
        (
            [0.5, 0.4, 0.4, 0.4, 0.3],
            2,
            (1, 3),
            [((4, 4), equal), ((3, 3), equal), ((1, 2), early), ((4, 3), peeks)],
        ),
        ([0.3, 0.2, 0.1], 1, (2, 2), [((0, 1), early)]),
        ([0.7], 1, (0, 0), []),
    ]:
        checks.returns(early_stop, some_losses, some_patience, expected=expected, mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def epoch_by_epoch(losses, patience, lower=lambda new, old: new < old, since="lowest"):
            lowest, waited = 0, 0
            for epoch in range(1, len(losses)):
                old = losses[lowest] if since == "lowest" else losses[epoch - 1]
                waited = 0 if lower(losses[epoch], old) else waited + 1
                if lower(losses[epoch], losses[lowest]):
                    lowest = epoch
                if waited >= patience:
                    return lowest, epoch
            return lowest, len(losses) - 1

        def random_curves():
            draw = random.Random(5)
            cases = [([0.4, 0.5, 0.6], 1), ([0.4, 0.5, 0.3], 1), ([1.0, 1.0], 1), ([1.0, 2.0, 3.0, 4.0], 10)]
            for _ in range(80):
                n, patience = draw.randint(1, 15), draw.randint(1, 4)
                cases.append(([draw.randint(1, 9) / 10 for _ in range(n)], patience))
            mistakes = [
                (lambda losses, patience: epoch_by_epoch(losses, patience, since="previous"), previous),
                (lambda losses, patience: epoch_by_epoch(losses, patience, lambda a, b: a <= b), equal),
                (lambda losses, patience: epoch_by_epoch(losses, patience + 1), late),
                (
                    lambda losses, patience: (losses.index(min(losses)), epoch_by_epoch(losses, patience)[1]),
                    peeks,
                ),
            ]
            checks.agrees(early_stop, epoch_by_epoch, cases, mistakes=mistakes)

        random_curves()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.7b · 从头到尾（4 分）
#
# 写函数 `fit(model, images, labels, epochs, batch_size, lr)`：用 Adam（学习率 `lr`）和交叉熵训练 `model` 共 `epochs` 个轮次。`images` 是一个浮点张量，dtype 和模型的参数相同，第 i 个标签是 `labels[i]`。返回每个轮次中每个样本的平均训练损失，一个 Python `float` 的列表。
#
# - 每个轮次**重新打乱**，每个样本正好用一次，每批 `batch_size` 个，最后一批可以少一些。
# - 损失同练习 5.5：每批走那一步之前的那一个。调用你自己的 `train_one_epoch` 也可以。
#
# 检查时，你的函数要用 6,000 张图片把第 4 节的网络训练 3 个轮次（每批 64 个，`lr=1e-3`），测试集上的正确率要达到 65%（写对了通常是 80% 到 85%）。
#
# <details><summary>提示 1</summary>优化器只创建一次，在所有轮次之外：它记着每个参数的历史。</details>
# <details><summary>提示 2</summary><code>torch.randperm(n)</code> 是打乱的索引，<code>split</code> 把它切成一批批；图片和标签要用**同样**的索引取。</details>
# <details><summary>提示 3</summary>交叉熵要 logits：<code>nn.CrossEntropyLoss()</code>。每批的损失乘上样本数再加。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.7b · From start to end (4 points)
#
# Write `fit(model, images, labels, epochs, batch_size, lr)`: train `model` for `epochs` epochs with Adam (learning rate `lr`) and cross-entropy. `images` is a float tensor with the dtype of the model's parameters, and `labels[i]` is the label of picture i. Return the mean training loss per sample of each epoch, a list of Python `float`s.
#
# - Every epoch *shuffles anew* and uses every sample just once, in batches of `batch_size`; the last one may be smaller.
# - The losses are those of exercise 5.5: of each batch before its step. You may call your own `train_one_epoch`.
#
# In the check, your function trains the network of section 4 on 6,000 pictures for 3 epochs (batches of 64, `lr=1e-3`), and has to reach an accuracy of 65 % on the test set (if it is right, it usually gets 80 to 85 %).
#
# <details><summary>Hint 1</summary>Create the optimiser once, outside of all epochs: it remembers the history of each parameter.</details>
# <details><summary>Hint 2</summary><code>torch.randperm(n)</code> gives shuffled indices, and <code>split</code> cuts them into batches; take pictures and labels with the *same* indices.</details>
# <details><summary>Hint 3</summary>Cross-entropy wants logits: <code>nn.CrossEntropyLoss()</code>. Multiply each batch's loss by its number of samples before adding.</details>


# %% nbgrader={"grade": false, "grade_id": "fit", "locked": false, "schema_version": 3, "solution": true, "task": false}
def fit(
    model: nn.Module, images: torch.Tensor, labels: torch.Tensor, epochs: int, batch_size: int, lr: float
) -> list[float]:
    """Train with Adam; return the mean loss per sample of each epoch."""
    ### BEGIN SOLUTION
    adam = torch.optim.Adam(model.parameters(), lr=lr)
    means = []
    model.train()
    for _ in range(epochs):
        total = 0.0
        for chosen in torch.randperm(len(labels)).split(batch_size):
            batch_loss = F.cross_entropy(model(images[chosen]), labels[chosen])
            adam.zero_grad()
            batch_loss.backward()
            adam.step()
            total += batch_loss.item() * len(chosen)
        means.append(total / len(labels))
    return means
    ### END SOLUTION


# %% tags=["exercise"]
fit(nn.Linear(4, 3), torch.rand(20, 4), torch.arange(20) % 3, epochs=3, batch_size=8, lr=0.1)

# %% nbgrader={"grade": true, "grade_id": "fit-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn
from torch.nn import functional

from pytorch_learning import checks
from pytorch_learning.checks import learning, loops
from pytorch_learning.thresholds import FIT

with checks.exercise("fit"):
    mark = checks.say("：", ": ")

    def check_batches(n, epochs, batch_size):
        """Which samples the model sees, and when."""
        name = f"fit(…, epochs={epochs}, batch_size={batch_size}), n = {n}"
        model = nn.Sequential(nn.Linear(2, 3), nn.Dropout(0.1))
        # The first number of a sample is its own, so that it is known when it comes.
        numbers = torch.arange(n).float()
        images = torch.stack([numbers / n, torch.ones(n)], dim=1)
        before = copy.deepcopy(model)
        with loops.watch(model.eval()) as watched:
            try:
                result = fit(model, images, torch.arange(n) % 3, epochs, batch_size, 0.01)
            except ZeroDivisionError:
                empty = checks.say(
                    "有个轮次一批也没有：每个轮次都要重新分批",
                    "an epoch had no batches: make the batches anew in each epoch",
                )
                raise checks.CheckFailed(name + mark + empty) from None
            except Exception as error:
                error.add_note(name)
                raise
        training = [i for i, recording in enumerate(watched.recording) if recording]
        seen = [(watched.inputs[i][:, 0] * n).round().long().tolist() for i in training]
        modes = [watched.modes[i] for i in training]
        per_epoch = -(-n // batch_size)
        sizes = [batch_size] * (n // batch_size) + [n % batch_size] * (n % batch_size > 0)
        unused = checks.say(
            "模型没有在记图的时候用过：调用 `model(…)`",
            "the model was not used with autograd on: call `model(…)`",
        )
        checks.true(bool(seen), name + mark + unused)
        mode = checks.say(
            "模型要在训练模式：`model.train()`", "the model has to be in train mode: `model.train()`"
        )
        checks.true(all(modes), name + mark + mode)
        rounds = [seen[i : i + per_epoch] for i in range(0, len(seen), per_epoch)]
        count = checks.say(
            f"应有 {epochs} 个轮次、每个 {per_epoch} 批，一共 {epochs * per_epoch} 批，得到 {len(seen)} 批",
            f"expected {epochs} epochs of {per_epoch} batches, {epochs * per_epoch} in all, got {len(seen)} batches",
        )
        if any(len(batch) > batch_size for batch in seen):
            count = checks.say(
                f"有一批是 {max(map(len, seen))} 个，每批应是 {batch_size} 个",
                f"a batch has {max(map(len, seen))} samples, a batch should have {batch_size}",
            )
        elif len(seen) == epochs * (n // batch_size) != epochs * per_epoch:
            count = checks.say("最后不满的一批被丢掉了", "the last batch, which is not full, was dropped")
        checks.true(
            len(seen) == epochs * per_epoch and all(len(b) <= batch_size for b in seen), name + mark + count
        )
        for batches in rounds:
            order = [sample for batch in batches for sample in batch]
            once = checks.say(
                "一个轮次里每个样本要正好用一次", "in an epoch, every sample has to come just once"
            )
            checks.true(sorted(order) == list(range(n)), name + mark + once)
            even = checks.say("每批大小不对", "the sizes of the batches are wrong")
            checks.true([len(batch) for batch in batches] == sizes, name + mark + even)
            unshuffled = checks.say("没有打乱", "the samples are not shuffled")
            checks.true(order != sorted(order), name + mark + unshuffled)
        untouched = checks.say(
            "传进来的模型没有变：训练它本身，不要训练拷贝；`backward()` 之后走一步",
            "the model that was passed in has not changed: train it, not a copy, and take a step after `backward()`",
        )
        pairs = zip(model.parameters(), before.parameters())
        checks.true(not all(torch.equal(p, q) for p, q in pairs), name + mark + untouched)
        orders = [[sample for batch in batches for sample in batch] for batches in rounds]
        anew = checks.say(
            "两个轮次的顺序一样：每个轮次重新打乱", "two epochs have the same order: shuffle anew in each"
        )
        checks.true(all(a != b for a, b in zip(orders, orders[1:])), name + mark + anew)
        checks.true(
            isinstance(result, list) and len(result) == epochs,
            name
            + mark
            + checks.say(
                f"应返回 {epochs} 个数的列表，每个轮次一个",
                f"return a list of {epochs} numbers, one for each epoch",
            ),
        )
        checks.true(
            all(isinstance(value, float) for value in result),
            name
            + mark
            + checks.say(
                "列表里要 Python `float`：用 `.item()`", "the list should hold Python `float`s: use `.item()`"
            ),
        )

    def teacher_fit(
        model, images, labels, epochs, lr, softmax=False, clear=True, method=torch.optim.Adam, anew=False
    ):
        """Training on all samples at once, which does not depend on their order."""
        model = copy.deepcopy(model).train()
        optimizer, losses = method(model.parameters(), lr=lr), []
        for _ in range(epochs):
            if anew:
                optimizer = method(model.parameters(), lr=lr)
            scores = model(images).softmax(1) if softmax else model(images)
            loss = functional.cross_entropy(scores, labels)
            if clear:
                optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        return losses

    def check_losses(n, classes, lr, epochs=12):
        """One batch of all samples, whatever their order, has to be trained on as the teacher does."""
        model = nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, classes)).double()
        images, labels = torch.randn(n, 5).double() * 2, torch.randint(classes, (n,))
        before = images.clone(), labels.clone()
        result = fit(copy.deepcopy(model), images, labels, epochs, n, lr)
        name = checks.say(f"fit，每批就是全部 {n} 个样本", f"fit with all {n} samples in one batch")
        touched = checks.say("传进来的张量变了", "the tensors that were passed in have changed")
        checks.true(torch.equal(before[0], images) and torch.equal(before[1], labels), name + mark + touched)
        right = teacher_fit(model, images, labels, epochs, lr)
        checks.true(
            isinstance(result, list) and len(result) == epochs,
            name + mark + checks.say("每个轮次一个数", "one number for each epoch"),
        )

        def like(losses):
            # Rounding depends on the order of the samples.
            return all(abs(a - b) <= 2e-3 * abs(b) + 1e-6 for a, b in zip(result, losses))

        def so_far(losses):
            return [sum(losses[: i + 1]) for i in range(len(losses))]

        if like(right):
            return
        told = checks.say(
            "各个轮次的损失不对：交叉熵用 logits、标签和图片配对、Adam 用 `lr`、每步清零、优化器只创建一次、损失按样本平均",
            "the losses of the epochs are wrong: cross-entropy takes logits, labels go with their pictures, Adam gets `lr`, each step clears, the optimiser is created once, losses are means over samples",
        )
        if abs(result[0] - right[0]) > 1e-4:
            told = checks.say(
                "第一步之前的损失就不对：标签和图片配对了吗？两边要用同样的索引取",
                "the loss before the first step is wrong already: labels go with their pictures, so take both by the same indices",
            )
        candidates = [
            (
                {"softmax": True},
                checks.say(
                    "先做了 softmax：交叉熵直接用 logits",
                    "there is a softmax first: cross-entropy takes the logits as they are",
                ),
            ),
            (
                {"clear": False},
                checks.say("梯度越积越多：每一步都要清零", "gradients pile up: clear them at every step"),
            ),
            (
                {"method": torch.optim.SGD},
                checks.say("用的是 SGD，题目要 Adam", "that is SGD; Adam is wanted"),
            ),
            (
                {"anew": True},
                checks.say(
                    "每个轮次都新建了优化器，Adam 记下的就丢了：优化器只创建一次",
                    "each epoch made a new optimiser, and what Adam remembers is lost: the optimiser is created once",
                ),
            ),
            (
                {"lr": 1e-3},
                checks.say("学习率写死了：用 `lr`", "the learning rate is fixed in the code: use `lr`"),
            ),
            (
                {"lr": 1e-5},
                checks.say("学习率写死了：用 `lr`", "the learning rate is fixed in the code: use `lr`"),
            ),
            (
                {"lr": 1e-2},
                checks.say("学习率写死了：用 `lr`", "the learning rate is fixed in the code: use `lr`"),
            ),
        ]
        for options, sentence in candidates:
            if like(teacher_fit(model, images, labels, epochs, **{"lr": lr, **options})):
                told = sentence
        if like([loss / n for loss in right]):
            told = checks.say(
                "每批的损失已经是平均：乘上样本数再加，最后除以样本总数",
                "a batch's loss is a mean already: multiply by its number of samples, and divide by all samples at the end",
            )
        if like(right[1:]):
            told = checks.say(
                "损失是走完一步以后再算的：要那一步之前的",
                "the losses were computed after each step: the one before it is wanted",
            )
        if like(so_far(right)) or like([total / (i + 1) for i, total in enumerate(so_far(right))]):
            told = checks.say(
                "以前轮次的损失也加进来了：每个轮次从 0 加起",
                "losses of earlier epochs are in it too: start adding from 0 in each epoch",
            )
        if like([loss * n for loss in right]):
            told = checks.say("这是总和，要每个样本的平均", "those are sums; the mean per sample is wanted")
        raise checks.CheckFailed(name + mark + told)

    def check_mean(n, batch_size):
        """Nearly nothing is learned at this rate, so that the epoch's mean is known."""
        model = nn.Linear(5, 4).double()
        images, labels = torch.randn(n, 5).double() * 6, torch.randint(4, (n,))
        with torch.no_grad():
            each = functional.cross_entropy(model(images), labels, reduction="none")
        torch.manual_seed(0)
        result = fit(model, images, labels, 3, batch_size, 1e-12)
        per_batch = checks.say(
            "轮次的损失是各批的平均：最后一批小，不能一样重；乘上样本数，最后除以样本总数",
            "the epoch's loss is a mean of batches: the last one is small and should weigh less; multiply by its samples and divide by all of them",
        )
        close = all(abs(value - each.mean().item()) < 1e-6 for value in result)
        checks.true(close, "fit" + mark + per_batch)

    def on_garments():
        model = learning.network()
        images, labels = learning.garments("train", 6000)
        fit(model, images, labels, 3, 64, 1e-3)
        learning.reaches(model, FIT, name="fit")

    check_batches(20, 3, 8)
    check_losses(16, 4, 0.03)
    check_mean(21, 5)
    on_garments()
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def further_tests():
            check_batches(24, 2, 6)
            check_batches(31, 4, 10)
            check_losses(30, 6, 0.3)
            check_losses(40, 3, 0.005, epochs=40)
            check_mean(17, 16)

        further_tests()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 5.8 它错在哪里
#
# 正确率只是一个数。想改进网络，要看它**把什么认成了什么**。先用 6,000 张图片好好训练一个：

# %% [markdown] tags=["en"]
# ## 5.8 What it gets wrong
#
# Accuracy is just one number. To improve a network, look at *what it takes for what*. First train a decent one, on 6,000 pictures:

# %% tags=["nbval-ignore-output"]
torch.manual_seed(0)
net = NeuralNetwork()
history = learn(
    net, torch.optim.Adam(net.parameters(), lr=1e-3), TensorDataset(train_images, train_labels), epochs=4
)
net.eval()
with torch.no_grad():
    test_logits = net(test_images)
predictions = test_logits.argmax(1)
print(f"test accuracy: {(predictions == test_labels).double().mean().item():.1%}")

# %% [markdown] tags=["zh"]
# **混淆矩阵**（confusion matrix）数一数每一种情况：第 i 行第 j 列，是真正的类别为 i、预测为 j 的样本有多少。对角线上是认对的；每一行加起来是这一类的样本数，测试集每类 1,000 张。

# %% [markdown] tags=["en"]
# A **confusion matrix** counts every case: row i, column j holds the number of samples whose true class is i and whose prediction is j. The right ones lie on the diagonal; each row adds up to the samples of that class, of which the test set has 1,000 each.

# %% tags=["nbval-ignore-output"]
pairs = torch.stack([test_labels, predictions], dim=1).tolist()
table = torch.tensor([[pairs.count([i, j]) for j in range(10)] for i in range(10)])
figure, axes = plt.subplots(figsize=(6.5, 5.6), layout="constrained")
axes.imshow(table, cmap="Blues", vmax=1000)
for i in range(10):
    for j in range(10):
        axes.text(
            j,
            i,
            table[i, j].item(),
            ha="center",
            va="center",
            color="white" if table[i, j] > 500 else "black",
        )
axes.set_xticks(range(10), training_data.classes, rotation=45, ha="right")
axes.set_yticks(range(10), training_data.classes)
axes.set(xlabel="predicted", ylabel="true")
plt.show()

# %% [markdown] tags=["zh"]
# 鞋类（Sandal、Sneaker、Ankle boot）大多在自己人之间混；衬衫（Shirt）最难，常被认成 T 恤、套头衫和外套。再看看那些错得**最有把握**的：预测的概率最高，却错了。标题是「真正的类别 → 预测」。

# %% [markdown] tags=["en"]
# Shoes (Sandal, Sneaker, Ankle boot) mostly get mixed up among themselves; the Shirt is hardest, often taken for a T-shirt, a Pullover or a Coat. Now look at the mistakes that it was *most certain* of: the highest predicted probabilities that are wrong. The titles read "true class > prediction".

# %% tags=["nbval-ignore-output"]
confidence = test_logits.softmax(1).amax(1)
wrong = (predictions != test_labels).nonzero().flatten()
worst = wrong[confidence[wrong].argsort(descending=True)][:8]
short = [name.split("/")[0] for name in training_data.classes]
titles = [f"{short[test_labels[i]]} > {short[predictions[i]]}" for i in worst]
plots.images(test_images[worst], titles, columns=4)

# %% [markdown] tags=["zh"]
# 有的连人也会认错；真实的数据里，有时标签本身就可疑。每次训练完都值得这样看一眼：数据里的问题，常常就是这样发现的。

# %% [markdown] tags=["en"]
# Some of these would fool a human as well; and in real data, now and then a label is doubtful. Such a glance is worth the time after every training run: problems in the data are often found this way.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.8a · 混淆矩阵（2 分）
#
# 上面的 `pairs.count` 把全部样本数了 100 遍。写函数 `confusion_matrix(labels, predictions, classes)`：`labels` 和 `predictions` 是形状 `(n,)`、dtype `int64` 的张量，值在 0 到 `classes` − 1；n 可以是 0。返回形状 `(classes, classes)`、dtype `int64` 的混淆矩阵，行是真正的类别，列是预测。
#
# 例：`confusion_matrix(torch.tensor([0, 0, 1, 1]), torch.tensor([0, 1, 1, 1]), 2)` 得到 `tensor([[1, 1], [0, 2]])`。
#
# <details><summary>提示 1</summary>走一遍样本，每个样本给一格加 1。循环就可以，先写对。</details>
# <details><summary>提示 2</summary><code>matrix[labels, predictions] += 1</code> 看起来很美，试试同一格出现两次会怎样。</details>
# <details><summary>提示 3</summary>不用循环：给每一格编一个号，再用 <code>torch.bincount(…, minlength=…)</code> 数各个编号。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.8a · The confusion matrix (2 points)
#
# `pairs.count` above counts through all samples 100 times. Write `confusion_matrix(labels, predictions, classes)`: `labels` and `predictions` are tensors of shape `(n,)` and dtype `int64` with values from 0 to `classes` − 1; n may be 0. Return the confusion matrix of shape `(classes, classes)` and dtype `int64`; rows are true classes, columns are predictions.
#
# Example: `confusion_matrix(torch.tensor([0, 0, 1, 1]), torch.tensor([0, 1, 1, 1]), 2)` gives `tensor([[1, 1], [0, 2]])`.
#
# <details><summary>Hint 1</summary>Go through the samples and add 1 to one cell for each. A loop will do; get it right first.</details>
# <details><summary>Hint 2</summary><code>matrix[labels, predictions] += 1</code> looks tempting; try what it does if a cell comes up twice.</details>
# <details><summary>Hint 3</summary>Without a loop: give each cell a number, and count the numbers with <code>torch.bincount(…, minlength=…)</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "confusion_matrix", "locked": false, "schema_version": 3, "solution": true, "task": false}
def confusion_matrix(labels: torch.Tensor, predictions: torch.Tensor, classes: int) -> torch.Tensor:
    """labels (n), predictions (n) -> counts (classes, classes) int64, true class by predicted class"""
    ### BEGIN SOLUTION
    cells = labels * classes + predictions
    return torch.bincount(cells, minlength=classes * classes).reshape(classes, classes)
    ### END SOLUTION


# %% tags=["exercise"]
confusion_matrix(torch.tensor([0, 0, 1, 1]), torch.tensor([0, 1, 1, 1]), 2)

# %% nbgrader={"grade": true, "grade_id": "confusion_matrix-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("confusion_matrix"):
    repeats = checks.say(
        "没有数重复的：`matrix[labels, predictions] += 1` 对同一格只加一次",
        "repeats are not counted: `matrix[labels, predictions] += 1` adds to a cell once only",
    )
    transposed = checks.say(
        "行和列对调了：行是真正的类别", "rows and columns are swapped: rows are true classes"
    )
    share = checks.say("要个数，不是比例", "counts are wanted, not shares")
    no_diagonal = checks.say("少了对角线：认对的也要数", "the diagonal is missing: right ones count too")
    whole = checks.say("个数是整数：dtype 应为 int64", "counts are whole numbers: the dtype should be int64")
    size = checks.say(
        "大小不对：没有出现的类别也占一行一列，用 `classes`",
        "the size is wrong: classes that don't occur have a row and a column too; use `classes`",
    )
    cells = checks.say(
        "排不成 `(classes, classes)`：没有出现的格子也要数，用 `bincount` 就写 `minlength=classes * classes`",
        "that doesn't fill `(classes, classes)`: cells that don't occur count too, with `bincount` by `minlength=classes * classes`",
    )
    one_row = checks.say(
        "每一行都一样：`[[0] * classes] * classes` 里是同一个列表，改一行就全改了",
        "all rows are alike: `[[0] * classes] * classes` holds one list many times, and a change shows in each",
    )
    for labels, predictions, rows, set_once in [
        ([0, 0, 1, 1], [0, 1, 1, 1], [[1, 1], [0, 2]], [[1, 1], [0, 1]]),
        ([2, 2, 2, 0], [1, 1, 2, 0], [[1, 0, 0], [0, 0, 0], [0, 2, 1]], [[1, 0, 0], [0, 0, 0], [0, 1, 1]]),
        ([0, 1], [1, 0], [[0, 1, 0], [1, 0, 0], [0, 0, 0]], None),
    ]:
        counts = torch.tensor(rows)
        try:
            checks.returns(
                confusion_matrix,
                torch.tensor(labels),
                torch.tensor(predictions),
                len(rows),
                expected=counts,
                mistakes=[
                    (torch.tensor(set_once or rows), repeats),
                    (counts.T, transposed),
                    (counts.float(), whole),
                    (counts.double(), whole),
                    (counts / counts.sum(1, keepdim=True), share),
                    (counts / len(labels), share),
                    (counts * (1 - torch.eye(len(rows), dtype=torch.int64)), no_diagonal),
                    (counts[:2, :2], size),
                    (counts.sum(0).expand(len(rows), -1), one_row),
                ],
            )
        except RuntimeError as error:
            if "is invalid for input of size" not in str(error):
                raise
            raise checks.CheckFailed("confusion_matrix" + checks.say("：", ": ") + cells) from None
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def one_by_one(labels, predictions, classes):
            counts = [[0] * classes for _ in range(classes)]
            for label, prediction in zip(labels.tolist(), predictions.tolist()):
                counts[label][prediction] += 1
            return torch.tensor(counts, dtype=torch.int64)

        def random_predictions():
            cases = [
                (torch.randint(c, (n,)), torch.randint(c, (n,)), c)
                for n, c in ((1, 1), (1, 5), (7, 3), (500, 10), (40, 12), (0, 3))
            ]
            same = torch.tensor([3, 3, 3])
            cases += [(same, same, 4), (torch.zeros(5, dtype=torch.int64), torch.arange(5), 5)]
            mistakes = [
                (lambda y, p, c: (one_by_one(y, p, c) > 0).long(), repeats),
                (lambda y, p, c: one_by_one(y, p, int(max(y.max(), p.max())) + 1), size),
            ]
            checks.agrees(confusion_matrix, one_by_one, cases, mistakes=mistakes)

        random_predictions()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.8b · 最容易混的一对（2 分）
#
# 写函数 `most_confused(matrix)`：从混淆矩阵（形状 `(classes, classes)`，`int64`，行是真正的类别）找出最常见的**错误**，返回元组 `(true, predicted)`，两个 Python `int`。
#
# - 至少有一个样本认错了。几种错误一样多时，返回真正的类别最小的；再相同，预测最小的。
# - `matrix` 保持原样。
#
# 例：`most_confused(torch.tensor([[9, 1], [4, 6]]))` 得到 `(1, 0)`：真正是 1、认成 0 的有 4 个。
#
# <details><summary>提示 1</summary>认对的不算：先在一份拷贝里把对角线变成 0。</details>
# <details><summary>提示 2</summary><code>argmax()</code> 不写维度，得到的是拉平以后的位置；怎样从它得到行和列？</details>
# <details><summary>提示 3</summary>一行有 <code>classes</code> 个：整除和余数，或 <code>divmod</code>。一样大时 <code>argmax</code> 给出第一个。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.8b · The pair most often confused (2 points)
#
# Write `most_confused(matrix)`: in a confusion matrix (shape `(classes, classes)`, `int64`, rows are true classes) find the most frequent *mistake*, and return a tuple `(true, predicted)` of two Python `int`s.
#
# - At least one sample is wrong. If several mistakes are equally frequent, return that with the smallest true class, and among those, the smallest prediction.
# - `matrix` stays as it is.
#
# Example: `most_confused(torch.tensor([[9, 1], [4, 6]]))` gives `(1, 0)`: 4 samples that are 1 were taken for 0.
#
# <details><summary>Hint 1</summary>Right ones don't count: put 0 on the diagonal of a copy first.</details>
# <details><summary>Hint 2</summary>Without a dimension, <code>argmax()</code> gives a position in the flattened matrix; how do you get row and column from it?</details>
# <details><summary>Hint 3</summary>A row has <code>classes</code> numbers: quotient and remainder, or <code>divmod</code>. Among equals, <code>argmax</code> gives the first.</details>


# %% nbgrader={"grade": false, "grade_id": "most_confused", "locked": false, "schema_version": 3, "solution": true, "task": false}
def most_confused(matrix: torch.Tensor) -> tuple[int, int]:
    """matrix (classes, classes) -> (true class, predicted class) of the most frequent mistake"""
    ### BEGIN SOLUTION
    errors = matrix.clone().fill_diagonal_(0)
    return divmod(errors.argmax().item(), matrix.shape[1])
    ### END SOLUTION


# %% tags=["exercise"]
most_confused(torch.tensor([[9, 1], [4, 6]]))

# %% nbgrader={"grade": true, "grade_id": "most_confused-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("most_confused"):
    diagonal = checks.say(
        "对角线上是认对的，不算错误", "the diagonal holds the right ones, which are no mistakes"
    )
    swapped = checks.say(
        "两个对调了：先真正的类别，后预测", "the two are swapped: first the true class, then the prediction"
    )
    flat = checks.say(
        "这是拉平以后的位置：还要拆成行和列",
        "that is the position in the flattened matrix: split it into row and column",
    )
    whole = checks.say("行是整数：整除用 `//`", "the row is a whole number: `//` divides without remainder")
    last = checks.say("一样多时应返回最前面的一对", "among equals, the first pair is wanted")
    both_ways = checks.say(
        "把 i 认成 j 和把 j 认成 i 是两种错误，不要加在一起",
        "taking i for j and taking j for i are two mistakes: don't add them up",
    )
    relative = checks.say(
        "要最多的个数，不是一行里最大的比例", "the greatest number is wanted, not the greatest share of a row"
    )
    for rows, expected, mistakes in [
        (
            [[90, 7, 4], [6, 70, 9], [0, 3, 50]],
            (1, 2),
            [((0, 1), both_ways), ((2, 1), swapped), ((0, 0), diagonal), (5, flat), ((5 / 3, 2), whole)],
        ),
        ([[9, 1], [4, 6]], (1, 0), [((0, 0), diagonal), ((0, 1), swapped), (2, flat)]),
        (
            [[50, 3, 0], [7, 60, 2], [0, 5, 40]],
            (1, 0),
            [((1, 1), diagonal), ((0, 1), swapped), (3, flat), ((2, 1), relative)],
        ),
        ([[5, 2, 2], [2, 5, 0], [0, 2, 5]], (0, 1), [((2, 1), last), ((1, 0), swapped), ((0, 0), diagonal)]),
    ]:
        checks.returns(most_confused, torch.tensor(rows), expected=expected, mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def pair_by_pair(matrix):
            most = None
            for true, row in enumerate(matrix.tolist()):
                for predicted, number in enumerate(row):
                    if true != predicted and (most is None or number > most[0]):
                        most = number, true, predicted
            return most[1:]

        def random_matrices():
            cases = [torch.randint(high, (n, n)) for n in (2, 3, 5, 10) for high in (3, 100)]
            cases = [case.fill_diagonal_(500) for case in cases] + [
                torch.randint(1, 30, (6, 6)) for _ in range(5)
            ]
            cases = [case for case in cases if case.clone().fill_diagonal_(0).any()]
            cases += [torch.tensor([[0, 0, 1], [0, 0, 0], [0, 0, 0]]), torch.tensor([[3, 0], [1, 900]])]
            mistakes = [
                (lambda m: divmod(int(m.argmax()), len(m)), diagonal),
                (lambda m: pair_by_pair(m)[::-1], swapped),
                (lambda m: pair_by_pair(m + m.T), both_ways),
                (lambda m: pair_by_pair(m / m.sum(1, keepdim=True)), relative),
            ]
            checks.agrees(most_confused, pair_by_pair, cases, mistakes=mistakes)

        random_matrices()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 5.9 学不会的时候
#
# 网络不学习，很少报错，只是损失不降。先做一个便宜的试验：**只用一批**。随便一个够大的网络，都能把几十张图片背下来，损失降到接近 0。做不到，就是代码有错，不用再等整个轮次：

# %% [markdown] tags=["en"]
# ## 5.9 When it doesn't learn
#
# A network that doesn't learn seldom raises an error; the loss just won't fall. Try something cheap first: *a single batch*. Any network that is large enough can learn a few dozen pictures by heart, and its loss goes to nearly 0. If it can't, there is a mistake in the code, and no need to wait for whole epochs:


# %%
def one_batch(net, optimizer, steps=60):
    """The loss after each of some steps on the same 64 pictures."""
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = criterion(net(train_images[:64]), train_labels[:64])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


# %% tags=["nbval-ignore-output"]
torch.manual_seed(0)
net = NeuralNetwork()
good = one_batch(net, torch.optim.Adam(net.parameters(), lr=1e-3))
net = nn.Sequential(NeuralNetwork(), nn.Softmax(dim=1))
softmax_first = one_batch(net, torch.optim.Adam(net.parameters(), lr=1e-3))
print(f"right:         {good[0]:.2f} -> {good[-1]:.2f}")
print(f"softmax first: {softmax_first[0]:.2f} -> {softmax_first[-1]:.2f}")

# %% [markdown] tags=["zh"]
# 第二个网络卡在 1.46 以上：这就是 5.3 里算过的下限，多出来的 softmax 露了馅。
#
# 其次看**学习率**，它是最要紧的设置。太小，学得慢；太大，损失乱跳，甚至变成 nan。试的时候每次换 10 倍，看开头几十步就够了。这里用原文的优化器 SGD、momentum = 0.9：

# %% [markdown] tags=["en"]
# The second network is stuck above 1.46, the lower bound worked out in 5.3: the extra softmax has given itself away.
#
# Next, look at the **learning rate**, the setting that matters most. Too small, and learning is slow; too large, and the loss jumps about or even becomes nan. Try steps of a factor of 10; the first few dozen steps tell enough. Here with the optimiser of the original document, SGD with momentum = 0.9:

# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(figsize=(7, 3.5), layout="constrained")
for rate, style in [(0.001, ":"), (0.01, "-."), (0.1, "-"), (1.0, "--")]:
    torch.manual_seed(0)
    net = NeuralNetwork()
    optimizer = torch.optim.SGD(net.parameters(), lr=rate, momentum=0.9)
    losses = []
    for rows in torch.randperm(6000).split(64):
        optimizer.zero_grad()
        loss = criterion(net(train_images[rows]), train_labels[rows])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    axes.plot(losses, style, label=f"lr={rate}")
axes.axhline(math.log(10), color="black", linewidth=0.8, label="guessing")
axes.set(xlabel="step", ylabel="loss of the batch", ylim=(0, 4))
axes.legend(loc="upper right", ncols=5, columnspacing=1)
plt.show()

# %% [markdown] tags=["zh"]
# 原文的 0.001 太小：一个轮次走完，还没有离开起点多远；1.0 太大，损失先冲上天，然后停在瞎猜的水平附近。合适的在中间。
#
# 学不会的时候，按这个顺序查：
#
# 1. 第一步的损失约为 ln(类别数) 吗？（5.3）
# 2. 一批能背下来吗？
# 3. 五件事都在吗，顺序对吗？`zero_grad`、`backward`、`step`（5.5）
# 4. 损失拿到的是 logits 和整数标签吗？（5.3）
# 5. 图片和标签还配对吗？打乱时用的是同样的索引吗？把一批画出来，写上标签看看（2.2）。
# 6. 输入归一化了吗？至少要在 0 到 1 之间，不是 0 到 255（3.1）。
# 7. 学习率换 10 倍试试。
# 8. 优化器拿到的是**这个**模型的参数吗？没有冻结吗？（4.4）
# 9. 评估时 `eval()` 了吗？（5.6）

# %% [markdown] tags=["en"]
# The document's 0.001 is too small: after a whole epoch it is not far from where it began. 1.0 is too large: the loss goes through the roof, and then gets no better than guessing. The right ones lie in between.
#
# When a network doesn't learn, check in this order:
#
# 1. Is the first loss about ln(number of classes)? (5.3)
# 2. Can it learn one batch by heart?
# 3. Are all five things there, in the right order: `zero_grad`, `backward`, `step`? (5.5)
# 4. Does the loss get logits and whole-number labels? (5.3)
# 5. Do pictures and labels still match? Were they shuffled with the same indices? Draw a batch with its labels (2.2).
# 6. Is the input normalised? It should at least lie between 0 and 1, not between 0 and 255 (3.1).
# 7. Try 10 times the learning rate, and a tenth of it.
# 8. Did the optimiser get the parameters of *this* model, and are they not frozen? (4.4)
# 9. Was `eval()` called for evaluation? (5.6)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 5.9 · 哪个学习率最好（3 分）
#
# 写函数 `best_learning_rate(make_model, images, labels, rates, steps)`：`make_model()` 每次返回一个**新的**、初值相同的模型。对 `rates`（一个列表，至少一个）里的每个学习率，用一个新模型，在 `images` 和 `labels` 这一批上走 `steps` 步 SGD（没有动量，交叉熵），然后再算一次这一批的损失。返回最后损失最低的那个学习率。
#
# - 学习率太大，损失会变成 nan 或 inf：这样的学习率算最差。至少有一个学习率的损失是有限的。
# - 损失一样时，返回列表里靠前的。
#
# 例：学习率 0.01、0.1、1e30 最后的损失是 0.9、0.3、nan，返回 `0.1`。
#
# <details><summary>提示 1</summary>公平的比较：每个学习率都从同样的起点出发，模型和优化器都要新的。</details>
# <details><summary>提示 2</summary>nan 和任何数比较都是 False，所以 <code>min</code> 碰到它会出怪结果，取决于它排第几。</details>
# <details><summary>提示 3</summary><code>math.isfinite(loss)</code>；不是有限的，就当成 <code>math.inf</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 5.9 · Which learning rate is best (3 points)
#
# Write `best_learning_rate(make_model, images, labels, rates, steps)`: each call of `make_model()` returns a *new* model, always with the same first values. For every learning rate in `rates` (a list of at least one), take a new model, take `steps` steps of SGD (no momentum, cross-entropy) on the one batch `images` and `labels`, and then compute the loss of this batch once more. Return the learning rate whose last loss is lowest.
#
# - If a rate is too large, the loss becomes nan or inf: such a rate counts as worst. At least one rate has a finite loss.
# - Among equal losses, return the rate that comes first in the list.
#
# Example: if the rates 0.01, 0.1 and 1e30 end at losses of 0.9, 0.3 and nan, it returns `0.1`.
#
# <details><summary>Hint 1</summary>A fair comparison starts every rate from the same place, with a new model and a new optimiser.</details>
# <details><summary>Hint 2</summary>Comparing nan with anything gives False, so what <code>min</code> makes of it depends on where it stands.</details>
# <details><summary>Hint 3</summary><code>math.isfinite(loss)</code>; if it isn't, take <code>math.inf</code> for it.</details>


# %% nbgrader={"grade": false, "grade_id": "best_learning_rate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def best_learning_rate(
    make_model, images: torch.Tensor, labels: torch.Tensor, rates: list[float], steps: int
) -> float:
    """The rate with the lowest loss after some steps of SGD on one batch."""
    ### BEGIN SOLUTION
    winner, lowest = rates[0], math.inf
    for candidate in rates:
        model = make_model()
        sgd = torch.optim.SGD(model.parameters(), lr=candidate)
        for _ in range(steps):
            sgd.zero_grad()
            F.cross_entropy(model(images), labels).backward()
            sgd.step()
        with torch.no_grad():
            final = F.cross_entropy(model(images), labels).item()
        if math.isfinite(final) and final < lowest:
            winner, lowest = candidate, final
    return winner
    ### END SOLUTION


# %% tags=["exercise"]
beginning = nn.Linear(4, 3)
best_learning_rate(
    lambda: copy.deepcopy(beginning), torch.rand(12, 4), torch.arange(12) % 3, [1e-4, 1e-2, 1.0], 20
)

# %% nbgrader={"grade": true, "grade_id": "best_learning_rate-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy
import math

import torch
from torch import nn
from torch.nn import functional

from pytorch_learning import checks

with checks.exercise("best_learning_rate"):
    mark = checks.say("：", ": ")

    def check_rates(start, images, labels, rates, steps, right, diverging, name, told=None):
        """`diverging` are the rates that end with nan or inf."""
        made = []

        def make_model():
            made.append(copy.deepcopy(start))
            return made[-1]

        before = images.clone()
        try:
            result = best_learning_rate(make_model, images, labels, list(rates), steps)
        except Exception as error:
            error.add_note(name)
            raise
        new = checks.say(
            f"有 {len(rates)} 个学习率，`make_model()` 调用了 {len(made)} 次：每个学习率都要一个新模型",
            f"there are {len(rates)} rates, and `make_model()` was called {len(made)} times: each rate needs a new model",
        )
        checks.true(len(made) >= len(rates), name + mark + new)
        changed = checks.say("传进来的张量变了", "the tensors that were passed in have changed")
        checks.true(torch.equal(before, images), name + mark + changed)
        if not isinstance(result, (int, float)) or result not in rates:
            kind = checks.say(
                "要 `rates` 里的一个数（学习率，不是损失或位置）",
                "one of the numbers in `rates` is wanted (the rate, not its loss or position)",
            )
            raise checks.CheckFailed(name + mark + kind)
        told = told or checks.say(
            "不是最后的损失最低的学习率（每步清零，SGD 没有动量，走完 `steps` 步再算损失）",
            "that is not the rate with the lowest last loss (clear at each step, SGD without momentum, the loss after all `steps`)",
        )
        if result in diverging:
            told = checks.say(
                "这个学习率的损失是 nan 或 inf：比较之前先把它们当成最差的",
                "the loss of this rate is nan or inf: count those as worst before comparing",
            )
        elif diverging:
            told += mark + checks.say(
                "有的损失是 nan，它和任何数比较都是 False，打乱了比较",
                "some losses are nan, which compares as False with anything and upsets the comparison",
            )
        checks.true(result == right, name + mark + told)

    def a_batch(n):
        """On these, a linear model learns better at 0.05 than at much smaller rates."""
        return nn.Linear(3, 3), torch.randn(n, 3) * 3, torch.randint(3, (n,))

    def two_hidden_layers():
        return nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 3))

    def visible():
        start, images, labels = a_batch(12)
        name = checks.say("三个学习率", "three learning rates")
        check_rates(start, images, labels, [1e-4, 0.05, 1e-3], 20, 0.05, [], name)
        check_rates(
            start, images, labels, [0.05, 1e-4], 20, 0.05, [], checks.say("两个学习率", "two learning rates")
        )
        name = checks.say("有学习率发散，损失变成 nan", "rates that diverge, with a loss of nan")
        check_rates(two_hidden_layers(), images, labels, [1e25, 1e-4, 0.05], 5, 0.05, [1e25], name)
        check_rates(two_hidden_layers(), images, labels, [1e-4, 1e25, 0.05], 5, 0.05, [1e25], name)
        name = checks.say("图片全是 0，损失都一样", "pictures of zeros, where all losses are equal")
        first = checks.say("损失一样时，返回列表里靠前的", "among equal losses, return the first in the list")
        flat = nn.Linear(3, 3, bias=False)
        check_rates(flat, torch.zeros(12, 3), labels, [0.1, 1.0, 0.01], 5, 0.1, [], name, told=first)

    visible()
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def last_losses(start, images, labels, rates, steps):
            losses = []
            for rate in rates:
                model = copy.deepcopy(start)
                optimizer = torch.optim.SGD(model.parameters(), lr=rate)
                for _ in range(steps):
                    optimizer.zero_grad()
                    functional.cross_entropy(model(images), labels).backward()
                    optimizer.step()
                with torch.no_grad():
                    losses.append(functional.cross_entropy(model(images), labels).item())
            return losses

        def compare(start, images, labels, rates, steps, name):
            losses = last_losses(start, images, labels, rates, steps)
            finite = [loss if math.isfinite(loss) else math.inf for loss in losses]
            diverging = [rate for rate, loss in zip(rates, losses) if not math.isfinite(loss)]
            check_rates(
                start, images, labels, rates, steps, rates[finite.index(min(finite))], diverging, name
            )

        def further_tests():
            for seed in range(6):
                torch.manual_seed(seed)
                start, images, labels = a_batch(10 + seed)
                compare(
                    start,
                    images,
                    labels,
                    [3.0, 1e-3, 0.1, 30.0, 1e-2],
                    15,
                    checks.say("其他数据", "other data"),
                )
                deep = two_hidden_layers()
                name = checks.say("发散的学习率", "rates that diverge")
                for rates in ([0.1, 1e30, 0.02], [0.02, 0.1, 1e30], [1e30, 1e28, 1e-3], [1e-3, 1e29, 1e-5]):
                    compare(deep, images, labels, rates, 4, name)
                compare(start, images, labels, [0.5], 1, checks.say("一个学习率", "one learning rate"))
                compare(start, images, labels, [30.0, 0.1, 10.0], 1, checks.say("只走一步", "a single step"))
                tiny = nn.Linear(3, 3, bias=False)
                name = checks.say("很小的输入（只有 SGD 才这样）", "tiny inputs (where SGD is unlike others)")
                compare(tiny, images / 1000, labels, [1.0, 100.0, 3e4], 15, name)
                torch.manual_seed(seed)
                name = checks.say("开头差、后来好的学习率", "a rate that is bad at first and good later")
                compare(nn.Linear(3, 3), torch.randn(4, 3) * 3, torch.arange(4) % 3, [0.1, 2.0], 15, name)

        further_tests()
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 现在你会了
#
# - 读懂计算图，知道梯度会到哪里、为什么累加、什么时候清零；
# - 在 `no_grad`、`detach` 和 `item` 之间选对的那一个，就地修改参数；
# - 用 logits 和整数标签算交叉熵，说出训练之前的损失该是多少；
# - 说出 SGD、动量和 Adam 各做什么，自己写一个优化器；
# - 写训练循环和评估，从训练和验证的曲线看出过拟合，适时停下；
# - 用混淆矩阵看网络错在哪里；学不会的时候，知道从哪里查起。
#
# 接下来读：PyTorch 官方的 [Autograd 教程](https://docs.pytorch.org/tutorials/beginner/basics/autogradqs_tutorial.html)、[Optimization 教程](https://docs.pytorch.org/tutorials/beginner/basics/optimization_tutorial.html)，以及 Andrej Karpathy 的 [A Recipe for Training Neural Networks](https://karpathy.github.io/2019/04/25/recipe/)。

# %% [markdown] tags=["en"]
# ## What you can do now
#
# - read a computational graph, and say where gradients arrive, why they add up, and when to clear them;
# - choose between `no_grad`, `detach` and `item`, and change parameters in place;
# - compute cross-entropy from logits and whole-number labels, and say what the loss should be before training;
# - say what SGD, momentum and Adam do, and write an optimiser yourself;
# - write a training loop and an evaluation, see overfitting in the curves of training and validation, and stop in time;
# - find out with a confusion matrix what a network gets wrong, and know where to look first when it doesn't learn.
#
# Read on: PyTorch's own tutorials [on autograd](https://docs.pytorch.org/tutorials/beginner/basics/autogradqs_tutorial.html) and [on optimisation](https://docs.pytorch.org/tutorials/beginner/basics/optimization_tutorial.html), and Andrej Karpathy's [A Recipe for Training Neural Networks](https://karpathy.github.io/2019/04/25/recipe/).

# %% [markdown] tags=["zh", "exercise"]
# ## 成绩
#
# 运行下面的单元格，看看每道练习的情况。没有通过的，回去再试；改完答案要重新运行检查单元格。

# %% [markdown] tags=["en", "exercise"]
# ## Your points
#
# Run the cell below to see how each exercise stands. Go back to those that have not passed; after changing an answer, run its check again.

# %% tags=["exercise"]
checks.summary("05_training")
