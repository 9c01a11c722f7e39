# ---
# jupyter:
#   jupytext:
#     formats: 06_gpu//ipynb,py:percent
#     notebook_metadata_filter: jupytext,-jupytext.text_representation,-kernelspec
# ---

# %% [markdown] tags=["zh"]
# # 6 GPU 加速
#
# CPU 有几个到几十个核，每个都很能干；GPU 有成千上万个简单的运算单元，一齐做乘法和加法，而神经网络要的正是许许多多次乘法和加法。把程序搬上 GPU 只要几行，可是要跑得快、跑得对，还得知道三件事：东西放在哪里，谁在等谁，一个数用几位来存。
#
# 没有 GPU 也能学这一节：每个单元格、每道练习在只有 CPU 的机器上都能运行，也照样判分。有 GPU 的话，同样的代码会自己用上它。这里印出来的数字都是运行得到的；做不到的事，我们会说明白。
#
# - **怎么学**：从上往下读，每个代码单元格都运行一下（`Shift`+`Enter`），改一改再运行。
# - **怎么练**：练习在讲解后面。写答案，运行，再运行下面的检查单元格：绿色的一行表示通过，红色的会告诉你错在哪里。
# - **多少**：8 道练习，共 26 分，大约 2 小时。

# %% [markdown] tags=["en"]
# # 6 Faster with a GPU
#
# A CPU has a few cores or a few dozen, each of them very able. A GPU has thousands of simple units that multiply and add all at once, and multiplications and additions are just what a neural network is made of. It takes a few lines to move a program to a GPU. To make it fast, and to keep it right, you need to know three things: where things are, who waits for whom, and how many bits a number has.
#
# You don't need a GPU for this section. Every cell and every exercise runs on a machine with nothing but a CPU, and is graded there; where there is a GPU, the same code makes use of it. All numbers printed here come from running the code, and where a machine without a GPU can't show something, we say so.
#
# - **How to read**: from top to bottom, running every code cell (`Shift`+`Enter`). Change something and run it again.
# - **How to practise**: exercises follow the explanations. Write your answer, run it, then run the check below it: a green line means it passed, a red one tells you what is wrong.
# - **How much**: 8 exercises, 26 points, about 2 hours.

# %%
import time

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from torchvision import datasets

from pytorch_learning import checks, plots
from pytorch_learning.data import data_root
from pytorch_learning.paper_gpu import PaperGPU
from pytorch_learning.stopwatch import seconds

# %% tags=["zh"]
checks.language("zh")

# %% tags=["en"]
checks.language("en")

# %% [markdown] tags=["zh"]
# ## 6.1 一份代码，到处能跑
#
# 先问机器有没有加速器¹，就像 4.1 那样。问一次，记在 `device` 里，后面的代码只认 `device`，不写死任何一种硬件。
#
# <small>¹ 原文写的是 `torch.device("cuda:0" if torch.cuda.is_available() else "cpu")`。它只认 CUDA：在苹果电脑和英特尔显卡上，它会悄悄地用 CPU；`:0` 还把程序绑在第一块卡上。`torch.accelerator`（PyTorch 2.6 起）哪一种都认。</small>

# %% [markdown] tags=["en"]
# ## 6.1 One program for every machine
#
# First ask whether the machine has an accelerator¹, as in 4.1. Ask once and keep the answer in `device`; from then on the code knows only `device` and no particular hardware.
#
# <small>¹ The original document has `torch.device("cuda:0" if torch.cuda.is_available() else "cpu")`. That knows CUDA and nothing else: on Apple computers and Intel graphics it quietly uses the CPU, and `:0` ties the program to the first card. `torch.accelerator` (since PyTorch 2.6) knows them all.</small>

# %% tags=["nbval-ignore-output"]
device = torch.accelerator.current_accelerator().type if torch.accelerator.is_available() else "cpu"
print(f"Using {device} device")

# %% [markdown] tags=["zh"]
# 接着是原文的两步：网络搬过去，输入和标签也搬过去。两行的写法不同，不是笔误：模块的 `.to` 就地搬动自己，不必接住；张量的 `.to` 返回新张量，不接住就白搬了。

# %% [markdown] tags=["en"]
# Then come the document's two steps: move the network, then the inputs and labels. The two lines look different on purpose. A module's `.to` moves the module itself, so there is nothing to catch; a tensor's `.to` returns a new tensor, and if you don't catch that, nothing has moved.

# %%
torch.manual_seed(0)
net = nn.Sequential(nn.Flatten(), nn.Linear(28 * 28, 64), nn.ReLU(), nn.Linear(64, 10))
inputs, labels = torch.rand(4, 1, 28, 28), torch.tensor([3, 1, 4, 1])

net.to(device)
inputs, labels = inputs.to(device), labels.to(device)
loss = nn.functional.cross_entropy(net(inputs), labels)
print(loss.device.type == device)

# %% [markdown] tags=["zh"]
# 一批数据不总是两个张量。有的数据集给出字典，有的给出列表，一层套一层，里面还夹着文件名这样的字符串：

# %% [markdown] tags=["en"]
# A batch is not always two tensors. Some data sets hand out dictionaries, some lists, one inside the other, with a string such as a file's name in between:

# %%
nested = {
    "images": [torch.rand(2, 28, 28), torch.rand(2, 14, 14)],
    "label": torch.tensor([0, 9]),
    "file": "a.png",
}
try:
    nested.to(device)
except AttributeError as error:
    print(error)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 6.1a · 整批搬家（3 分）
#
# 写函数 `to_device(batch, device)`。`batch` 是张量，或者是列表、元组、字典，里面装着这些东西，嵌套几层都可以；其他的东西（字符串、数、`None`）也会夹在里面。返回结构相同的一批：每个张量都在 `device` 上，其他的东西原样不动。列表还是列表，元组还是元组，字典的键不变。`batch` 自己不要改动。
#
# 例：`to_device([torch.ones(2), ("a", torch.ones(3))], "meta")` 得到 `[tensor(..., device='meta', size=(2,)), ('a', tensor(..., device='meta', size=(3,)))]`。
#
# <details><summary>提示 1</summary>先问它是什么：张量怎么办？字典怎么办？列表和元组呢？都不是呢？</details>
# <details><summary>提示 2</summary>列表里的每一项，又是同样的问题：让函数调用它自己。</details>
# <details><summary>提示 3</summary><code>isinstance(batch, dict)</code> 判断类型；<code>type(batch)</code> 告诉你该还原成列表还是元组。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 6.1a · Move a whole batch (3 points)
#
# Write `to_device(batch, device)`. `batch` is a tensor, or a list, a tuple or a dictionary of such things, nested as deeply as you like; anything else (strings, numbers, `None`) may stand in between. Return a batch of the same structure in which every tensor is on `device` and everything else is as it was. Lists stay lists, tuples stay tuples, dictionaries keep their keys. Leave `batch` itself alone.
#
# Example: `to_device([torch.ones(2), ("a", torch.ones(3))], "meta")` gives `[tensor(..., device='meta', size=(2,)), ('a', tensor(..., device='meta', size=(3,)))]`.
#
# <details><summary>Hint 1</summary>First ask what it is. What do you do with a tensor? With a dictionary? With a list or a tuple? With none of these?</details>
# <details><summary>Hint 2</summary>Each item of a list is the same problem again: let the function call itself.</details>
# <details><summary>Hint 3</summary><code>isinstance(batch, dict)</code> tells you the kind; <code>type(batch)</code> knows whether to make a list or a tuple again.</details>


# %% nbgrader={"grade": false, "grade_id": "to_device", "locked": false, "schema_version": 3, "solution": true, "task": false}
def to_device(batch, device: torch.device | str):
    """batch (tensor, list, tuple, dict, nested) -> the same with every tensor on device"""
    ### BEGIN SOLUTION
    if isinstance(batch, torch.Tensor):
        return batch.to(device)
    if isinstance(batch, dict):
        return {key: to_device(value, device) for key, value in batch.items()}
    if isinstance(batch, (list, tuple)):
        return type(batch)(to_device(item, device) for item in batch)
    return batch
    ### END SOLUTION


# %% tags=["exercise"]
to_device([torch.ones(2), ("a", torch.ones(3))], "meta")

# %% nbgrader={"grade": true, "grade_id": "to_device-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch

from pytorch_learning import checks

with checks.exercise("to_device"):
    mark = checks.say("：", ": ")
    advice = {
        "tensor": checks.say(
            "这里应是张量，在新设备上；`.to` 返回新张量，要接住",
            "this should be a tensor on the new device; `.to` returns a new tensor, so catch it",
        ),
        "stayed": checks.say(
            "这个张量没有搬过去：每一层、每一种容器都要走到，`.to` 返回的新张量要接住",
            "this tensor did not move: reach every level and every kind of container, and catch what `.to` returns",
        ),
        "kind": checks.say(
            "容器的种类变了：列表还是列表，元组还是元组，字典还是字典",
            "the kind of container changed: lists stay lists, tuples stay tuples, dictionaries stay dictionaries",
        ),
        "items": checks.say(
            "里面的东西多了、少了或换了顺序：每一项都要留下，字典的键不变",
            "items are missing, new or in another order: keep each of them, and a dictionary's keys",
        ),
        "other": checks.say(
            "不是张量也不是容器的东西要原样留下", "what is neither a tensor nor a container stays as it is"
        ),
        "values": checks.say(
            "张量的数值、形状或 dtype 变了：只换设备",
            "a tensor's values, shape or dtype changed: change its device and nothing else",
        ),
    }

    def problem(new, old, device):
        """What is wrong with `new` as a moved `old`, "" if nothing is."""
        if isinstance(old, torch.Tensor):
            if not isinstance(new, torch.Tensor):
                return advice["tensor"]
            if new.device.type != torch.device(device).type:
                return advice["stayed"]
            same = new.shape == old.shape and new.dtype == old.dtype
            if same and not new.is_meta and not old.is_meta:
                same = torch.equal(new.cpu(), old.cpu())
            return "" if same else advice["values"]
        if type(old) not in (list, tuple, dict):
            return "" if type(new) is type(old) and new == old else advice["other"]
        if type(new) is not type(old):
            got, wanted = type(new).__name__, type(old).__name__
            return (
                checks.say(f"应是 {wanted}，得到的是 {got}", f"expected {wanted}, got {got}")
                + mark
                + advice["kind"]
            )
        if isinstance(old, dict):
            if list(new) != list(old):
                return advice["items"]
            pairs = [(new[key], old[key]) for key in old]
        else:
            if len(new) != len(old):
                return advice["items"]
            pairs = zip(new, old)
        return next((found for a, b in pairs if (found := problem(a, b, device))), "")

    def check_move(batch, device, name):
        before = copy.deepcopy(batch)
        result = to_device(batch, device)
        checks.true(
            batch is None or result is not None,
            f"{name}{mark}"
            + checks.say(
                "得到的是 None：每一种情况都要 `return`，容器也要新建一个返回",
                "that gives None: every case needs its `return`, and a container is built anew and returned",
            ),
        )
        found = problem(result, before, device)
        checks.true(not found, f"{name}{mark}{found}")
        moved = problem(batch, before, "cpu")
        checks.true(
            not moved,
            f"{name}{mark}"
            + checks.say(
                "传进来的 `batch` 被改动了：建新的列表和字典，不要往旧的里写",
                "the `batch` that was passed in has changed: build new lists and dictionaries, don't write into the old ones",
            ),
        )

    x = torch.tensor([[1.5, 2.0]])
    for place in ["meta", *checks.everywhere()]:
        check_move(x, place, f'to_device(x, "{place}")')
        check_move([x, torch.tensor(3)], place, f'to_device([x, y], "{place}")')
        check_move((x, torch.tensor(3)), place, f'to_device((x, y), "{place}")')
        check_move(
            {"image": x, "file": "a.png"}, place, f'to_device({{"image": x, "file": "a.png"}}, "{place}")'
        )
        check_move([[x], ("a", x)], place, f'to_device([[x], ("a", x)], "{place}")')
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        name = "to_device(batch, device)"
        deep = {"a": [{"b": (x, [x, x])}, None], 3: (), "c": {"d": {}, "e": [torch.arange(3), 2.5, True]}}
        for place in ["meta", torch.device("meta"), *checks.everywhere()]:
            check_move(deep, place, name)
            check_move([deep, deep, (deep,)], place, name)
            for plain in (None, "cpu", 7, (), [], {}, ("x", 1), ["abc", {"k": "v"}]):
                check_move(plain, place, name)
            check_move((torch.zeros(0, 3), torch.tensor(5), torch.tensor([True])), place, name)
            check_move({"half": torch.ones(2, dtype=torch.float16), "n": torch.tensor([1, 2])}, place, name)
            check_move((((((x,),),),),), place, name)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 先搬家，再建优化器
#
# 优化器记住的，是**建它的那一刻**模型的参数。原文先建优化器，到这里才搬模型，次序反了²。用 `meta` 设备看一看会怎样：模型搬走了，优化器手里还是旧的参数。

# %% [markdown] tags=["en"]
# ### Move first, then make the optimiser
#
# An optimiser holds the parameters that the model had **when the optimiser was made**. The original document makes it first and moves the model only now, which is the wrong way round². The `meta` device shows what can happen: the model is gone, and the optimiser still has the old parameters.

# %%
late = nn.Linear(2, 1)
optimizer = torch.optim.SGD(late.parameters(), lr=0.1)
late.to("meta")
print("model:    ", late.weight.device)
print("optimiser:", optimizer.param_groups[0]["params"][0].device)

# %% [markdown] tags=["zh"]
# 这样训练不会报错，模型却永远学不会：`step()` 更新的是没人再用的参数。所以次序总是：建模型，搬过去，再建优化器。
#
# <small>² `.to` 是换上新的参数，还是保留原来的参数、只换里面的数据，要看是什么设备。从 CPU 搬到 CUDA 目前是后一种，所以原文的次序往往碰巧没事；可是优化器如果已经走过几步，它攒下的动量仍留在 CPU 上，下一步就报错。</small>

# %% [markdown] tags=["en"]
# A training run like this raises no error, and the model never learns: `step()` updates parameters that nobody uses any more. So the order is always: make the model, move it, make the optimiser.
#
# <small>² Whether `.to` puts new parameters in place or keeps the old ones and changes the data inside depends on the device. From the CPU to CUDA it is the latter at present, so the document's order often happens to work; but if the optimiser has already made some steps, the momentum it has gathered stays on the CPU, and the next step is an error.</small>

# %% [markdown] tags=["zh"]
# ### 拿回来
#
# NumPy 和 matplotlib 只认 CPU 的内存，所以结果要先 `.cpu()`，再 `.numpy()`；还连着计算图的，前面再加 `.detach()`。已经在 CPU 上时，`.cpu()` 什么也不做，写上它，代码就到处能跑。漏了它，就会看到这样的话：

# %% [markdown] tags=["en"]
# ### Getting results back
#
# NumPy and matplotlib know the CPU's memory only, so a result goes through `.cpu()` before `.numpy()`, and through `.detach()` before that if it still hangs on the graph. On a tensor that is on the CPU already, `.cpu()` does nothing; with it your code runs anywhere. Without it, this is what you get:

# %%
print(net(inputs).detach().cpu().numpy().shape)
try:
    torch.ones(2, device="meta").numpy()
except TypeError as error:
    print(error)

# %% [markdown] tags=["zh"]
# 换了设备，算出的数不会每一位都相同：加法的次序不同，舍入就不同；同一个种子，在 GPU 上生成的随机数也和 CPU 上的不一样。要比较就用 `torch.allclose`。

# %% [markdown] tags=["en"]
# On another device the numbers are not the same to the last digit: sums are taken in another order and round differently. And the same seed gives different random numbers on a GPU and on the CPU. To compare results, use `torch.allclose`.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 6.1b · 到处能训练（4 分）
#
# 写函数 `train_on(model, batches, device, lr)`：把模型搬到 `device`，为它建一个学习率是 `lr` 的 `torch.optim.SGD`，然后在 `batches` 上走一遍，每一批走一步，损失用交叉熵。
#
# - `batches` 交出一对对 `(images, labels)`，都在 CPU 上：`images` 形状 `(n, …)`，`labels` 形状 `(n,)`，dtype `int64`。它可以是 DataLoader，也可以是只能走一遍的生成器。轮到哪一批才搬哪一批：整个数据集往往放不进 GPU 的内存。
# - 返回各步的损失，一个列表；每个损失都是 0 维张量，留在 `device` 上，不带计算图（`detach`），也不要读出它的数值。
#
# 例：`train_on(nn.Linear(3, 2), [(torch.rand(5, 3), torch.zeros(5, dtype=torch.int64))], "meta", 0.1)` 得到 `[tensor(..., device='meta', size=())]`，模型的参数也在 `meta` 上。
#
# <details><summary>提示 1</summary>五步：搬模型，建优化器；循环里搬这一批、算损失，再清零、反向、更新。次序想清楚。</details>
# <details><summary>提示 2</summary>在 <code>meta</code> 上没有数值可读：<code>item()</code> 会报错，<code>detach()</code> 不会。</details>
# <details><summary>提示 3</summary><code>nn.functional.cross_entropy(logits, labels)</code>；<code>zero_grad</code>、<code>backward</code>、<code>step</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 6.1b · Train anywhere (4 points)
#
# Write `train_on(model, batches, device, lr)`: move the model to `device`, make a `torch.optim.SGD` with the learning rate `lr` for it, then go through `batches` once and take one step for each batch, with the cross-entropy as loss.
#
# - `batches` hands out pairs `(images, labels)`, all on the CPU: `images` of shape `(n, …)`, `labels` of shape `(n,)` and dtype `int64`. It may be a DataLoader, or a generator that can be gone through only once. Move each batch when its turn comes: a whole data set often doesn't fit into a GPU's memory.
# - Return a list with the loss of each step; each is a tensor with 0 dimensions that stays on `device`, without its graph (`detach`), and its value is not to be read.
#
# Example: `train_on(nn.Linear(3, 2), [(torch.rand(5, 3), torch.zeros(5, dtype=torch.int64))], "meta", 0.1)` gives `[tensor(..., device='meta', size=())]`, and the model's parameters are on `meta` too.
#
# <details><summary>Hint 1</summary>Five things: move the model, make the optimiser; in the loop move this batch, compute the loss, then clear, go backward and update. Think about the order.</details>
# <details><summary>Hint 2</summary>There is no value to read on <code>meta</code>: <code>item()</code> is an error there, <code>detach()</code> is not.</details>
# <details><summary>Hint 3</summary><code>nn.functional.cross_entropy(logits, labels)</code>; <code>zero_grad</code>, <code>backward</code>, <code>step</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "train_on", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_on(model: nn.Module, batches, device: torch.device | str, lr: float) -> list[torch.Tensor]:
    """batches of images (n, ...) and labels (n,) int64, on the CPU -> the loss () of each step, on device"""
    ### BEGIN SOLUTION
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = nn.functional.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return losses
    ### END SOLUTION


# %% tags=["exercise"]
train_on(nn.Linear(3, 2), [(torch.rand(5, 3), torch.zeros(5, dtype=torch.int64))], "meta", 0.1)

# %% nbgrader={"grade": true, "grade_id": "train_on-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn
from torch.optim.optimizer import register_optimizer_step_pre_hook

from pytorch_learning import checks

with checks.exercise("train_on"):
    mark = checks.say("：", ": ")
    reading = checks.say(
        "读了损失的数值：留下 `loss.detach()`，不要 `item()`、`float(…)`、`cpu()`",
        "the value of a loss is read: keep `loss.detach()`, without `item()`, `float(…)` or `cpu()`",
    )
    staying = checks.say(
        "有东西没有搬到 `device`：模型、每一批的 `images` 和 `labels` 都要搬，张量的 `.to` 要接住",
        "something did not move to `device`: the model, and the `images` and `labels` of each batch, and a tensor's `.to` "
        "has to be caught",
    )
    order = checks.say(
        "优化器手里不是模型现在的参数：先搬模型，再建优化器",
        "the optimiser doesn't hold the model's present parameters: move the model first, then make the optimiser",
    )
    whole = checks.say(
        "训练开始之前就取出了所有的批：轮到哪一批才取、才搬哪一批",
        "all batches were taken before the training began: take and move each when its turn comes",
    )

    def make_batches(sizes, shape=(3,), classes=2):
        return [(torch.rand(n, *shape), torch.randint(classes, (n,))) for n in sizes]

    def losses_of(result, count, device, name):
        checks.true(
            isinstance(result, list) and len(result) == count,
            f"{name}{mark}"
            + checks.say("应返回一个列表，每一步的损失一项", "a list is wanted, with one loss for each step"),
        )
        for loss in result:
            checks.true(
                isinstance(loss, torch.Tensor),
                f"{name}{mark}"
                + checks.say(
                    f"每个损失都应是张量，得到的是 {type(loss).__name__}：留下 `loss.detach()`，带括号",
                    f"each loss should be a tensor, this is a {type(loss).__name__}: keep `loss.detach()`, with the brackets",
                ),
            )
            checks.shape(loss, (), name=name + checks.say(" 里的损失", ", a loss"))
            checks.device(loss, device, name=name + checks.say(" 里的损失", ", a loss"), hint=staying)
            checks.true(
                not loss.requires_grad,
                f"{name}{mark}"
                + checks.say(
                    "损失还拖着计算图，会一直占着内存：放进列表之前先 `detach()`",
                    "the losses still carry their graph, which takes memory for as long as they live: `detach()` them first",
                ),
            )
        return result

    def check_places(model, batches, name):
        """On meta: everything moves, nothing is read, the optimiser has what it should have."""
        held = []
        hook = register_optimizer_step_pre_hook(
            lambda optimizer, *_: held.append({id(p) for g in optimizer.param_groups for p in g["params"]})
        )
        try:
            result = checks.runs_on_meta(
                lambda: train_on(model, iter(batches), "meta", 0.1),
                name=name,
                reading=reading,
                staying=staying,
            )
        finally:
            hook.remove()
        for key, value in model.state_dict().items():
            checks.device(value, "meta", name=f"{name}{checks.say('，', ', ')}{key}", hint=staying)
        losses_of(result, len(batches), "meta", name)
        own = {id(parameter) for parameter in model.parameters()}
        checks.true(all(own <= ids for ids in held), f"{name}{mark}{order}")
        for images, labels in batches:
            checks.true(images.device.type == labels.device.type == "cpu", f"{name}{mark}{staying}")

    def check_values(model, batches, lr, name, device="cpu"):
        """On a device with values: the same losses and parameters as step by step."""
        other = copy.deepcopy(model)
        untrained = [nn.functional.cross_entropy(other(x), y).item() for x, y in batches]
        expected, grads = [], {}
        for x, y in batches:
            loss = nn.functional.cross_entropy(other(x), y)
            grads = torch.autograd.grad(loss, list(other.parameters()))
            with torch.no_grad():
                for parameter, gradient in zip(other.parameters(), grads):
                    parameter -= lr * gradient
            expected.append(loss.item())
        for parameter in model.parameters():
            parameter.grad = torch.full_like(parameter, 5.0)
        result = losses_of(
            train_on(model, (pair for pair in batches), device, lr), len(batches), device, name
        )
        got = [loss.item() for loss in result]

        def close(one, two):
            return torch.allclose(torch.tensor(one), torch.tensor(two), rtol=1e-3, atol=1e-4)

        if len(batches) > 1 and not close(got, expected):
            checks.true(
                not close(got, untrained),
                f"{name}{mark}"
                + checks.say(
                    "损失像是没有训练过：每一批都要先 `zero_grad()`，再 `backward()`，最后 `step()`；优化器拿到模型的参数了吗？",
                    "the losses look as if nothing was trained: for each batch, `zero_grad()` comes first, then "
                    "`backward()`, then `step()`; and has the optimiser got the model's parameters?",
                ),
            )
        same = all(
            torch.allclose(a.detach().cpu(), b.detach(), rtol=1e-3, atol=1e-4)
            for a, b in zip(model.parameters(), other.parameters())
        )
        checks.true(
            close(got, expected) and same,
            f"{name}{mark}"
            + checks.say(
                "训练的结果不对：每一批一步，损失是 logits 的交叉熵（前面不加 softmax），`backward()` 之前清零，学习率用 `lr`，不要动量",
                "the training ends elsewhere: one step a batch, the cross-entropy of the logits as loss (no softmax "
                "before it), gradients cleared before `backward()`, the learning rate `lr` and no momentum",
            ),
        )

    def small():
        return nn.Sequential(nn.Flatten(), nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2))

    check_places(small(), make_batches((5, 4)), 'train_on(model, batches, "meta", 0.1)')
    for place in checks.everywhere():
        check_values(
            small(), make_batches((5, 4, 1)), 0.5, f'train_on(model, batches, "{place}", 0.5)', place
        )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        name = "train_on(model, batches, device, lr)"
        norm = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.Flatten(), nn.Linear(8, 3))
        check_places(norm, make_batches((4, 2, 3), (1, 4, 4), 3), name)
        check_places(nn.Linear(3, 2), [], name)
        taken = []

        def one_after_the_other(batches):
            for pair in batches:
                taken.append(len(steps))
                yield pair

        steps = []
        model = nn.Linear(3, 2)
        model.register_forward_pre_hook(lambda *_: steps.append(1))
        train_on(model, one_after_the_other(make_batches([2] * 6)), "cpu", 0.1)
        checks.true(taken[-1] > 0, f"{name}{mark}{whole}")
        for place in checks.everywhere():
            check_values(nn.Linear(5, 3), make_batches((6,) * 20, (5,), 3), 1.0, name, place)
            check_values(small(), make_batches((1, 7), (1, 3)), 0.05, name, place)
            check_values(small(), [], 0.05, name, place)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 6.2 搬一次要花多少
#
# GPU 有自己的内存，算得再快，数据也要先从 CPU 的内存搬过来，而这条路比 GPU 自己的内存慢得多。一次搬家花的时间，大约是**字节数 ÷ 带宽**（带宽就是一秒钟能搬多少字节），另外每次还有一点固定的开销。所以：
#
# - **少搬**：模型搬一次就留在那里；放得下的话，整个数据集也搬一次。
# - **一次搬一大批**，不要一张一张地搬。
# - **搬短的**：图片本来是 `uint8`，一个像素 1 个字节；变成 `float32` 再搬，要搬 4 倍。

# %% [markdown] tags=["en"]
# ## 6.2 What a copy costs
#
# A GPU has memory of its own. However fast it computes, the data has to get there from the CPU's memory first, and that way is much slower than the GPU's own memory. One move takes about **bytes ÷ bandwidth** (how many bytes can move in a second), plus a little for every move, whatever its size. So:
#
# - **Move rarely**: the model moves once and stays; so does the whole data set, if there is room.
# - **Move many at once**, not one picture after the other.
# - **Move it while it is small**: a picture starts as `uint8`, 1 byte a pixel; turned into `float32` before it moves, it is 4 times as much.

# %%
for dtype in (torch.uint8, torch.float32):
    pictures = torch.zeros(60_000, 28, 28, dtype=dtype, device="meta")
    print(
        f"{str(dtype):14} one batch of 64: {pictures[:64].nbytes:>7,} bytes, all: {pictures.nbytes:>11,} bytes"
    )

# %% [markdown] tags=["zh"]
# （`meta` 上的张量不占内存，正好用来算账。）量一量这台机器的带宽：有加速器，量的是搬过去的速度；没有，量的是在 CPU 的内存里抄一份的速度。

# %% [markdown] tags=["en"]
# (Tensors on `meta` take no memory, which makes them handy for such sums.) Now measure the bandwidth of this machine: with an accelerator, how fast tensors get there; without one, how fast they are copied within the CPU's memory.


# %% tags=["nbval-ignore-output"]
def wait_for_device():
    if torch.accelerator.is_available():
        torch.accelerator.synchronize()


pictures = torch.zeros(20_000, 28, 28)
there = torch.empty_like(pictures, device=device)
durations = []
for _ in range(5):
    start = time.perf_counter()
    there.copy_(pictures)
    wait_for_device()
    durations.append(time.perf_counter() - start)
print(f"{pictures.nbytes / min(durations) / 1e9:.1f} GB a second, to {device}")

# %% [markdown] tags=["zh"]
# ### 锁页内存
#
# 操作系统会把内存里的东西挪来挪去，甚至暂存到硬盘上，GPU 不敢直接来取。**锁页内存**（pinned memory）保证不挪动，搬得更快；而且 CPU 不必等它搬完：`.to(device, non_blocking=True)` 立刻返回，GPU 一边搬，CPU 一边准备下一批。DataLoader 写上 `pin_memory=True` 就把每一批放进锁页内存³。没有 GPU 的机器用不着它，写上只会得到一句警告，所以这里只在 CUDA 上打开。

# %% [markdown] tags=["en"]
# ### Pinned memory
#
# An operating system moves things about in memory, even out to the disk for a while, so a GPU can't just come and fetch them. **Pinned memory** is promised to stay where it is. Copies from it are faster, and the CPU need not wait for them: `.to(device, non_blocking=True)` returns at once, and while the GPU fetches this batch the CPU prepares the next. A DataLoader puts its batches there if you say `pin_memory=True`³. A machine without a GPU has no use for it and would only give a warning, so here it is switched on for CUDA alone.

# %%
loader = DataLoader(
    TensorDataset(torch.rand(100, 28, 28), torch.zeros(100, dtype=torch.int64)),
    batch_size=64,
    pin_memory=device == "cuda",
)
for images, labels in loader:
    images = images.to(device, non_blocking=True)
    labels = labels.to(device, non_blocking=True)
    print(tuple(images.shape), images.device.type == device)

# %% [markdown] tags=["zh"]
# <small>³ 反过来，从 GPU 搬回 CPU 时写 `non_blocking=True` 要小心：它也立刻返回，可是那时数还没有到齐，没有同步就去读，读到的可能是垃圾。</small>

# %% [markdown] tags=["en"]
# <small>³ The other way round, from the GPU to the CPU, take care with `non_blocking=True`: it returns at once as well, when the numbers have not all arrived, and if you read them without synchronising you may read rubbish.</small>

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 6.2 · 搬短的（2 分）
#
# 写函数 `upload(images, device)`：`images` 是 CPU 上的 `uint8` 张量，形状 `(n, h, w)`，像素从 0 到 255；返回 `device` 上的 `float32` 张量，形状 `(n, 1, h, w)`，像素从 0 到 1（除以 255）。路上走的必须是 `uint8`，先用 `.to(device)` 搬，到了那边再变。`images` 保持原样，`n` 可以是 0。
#
# 例：`upload(torch.tensor([[[0, 255]]], dtype=torch.uint8), "cpu")` 得到 `tensor([[[[0., 1.]]]])`。
#
# <details><summary>提示 1</summary>几个步骤怎么排，结果都一样，花费却不一样：哪一步会把字节数变成 4 倍？</details>
# <details><summary>提示 2</summary><code>.to(device, torch.float32)</code> 一次做两件事，可是它通常先变 dtype，再上路：分成两步写。</details>
# <details><summary>提示 3</summary>多出来的那一维：<code>unsqueeze(1)</code>，或者索引里写 <code>None</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 6.2 · Move it while it is small (2 points)
#
# Write `upload(images, device)`: `images` is a `uint8` tensor on the CPU, of shape `(n, h, w)`, with pixels from 0 to 255. Return a `float32` tensor on `device`, of shape `(n, 1, h, w)`, with pixels from 0 to 1 (divided by 255). What travels has to be `uint8`: move with `.to(device)` first and convert over there. Leave `images` as it is; `n` may be 0.
#
# Example: `upload(torch.tensor([[[0, 255]]], dtype=torch.uint8), "cpu")` gives `tensor([[[[0., 1.]]]])`.
#
# <details><summary>Hint 1</summary>The steps are the same in any order, but only some orders are cheap: which step makes 4 times as many bytes?</details>
# <details><summary>Hint 2</summary><code>.to(device, torch.float32)</code> does two things at once, but usually changes the dtype before it sets out: write two steps.</details>
# <details><summary>Hint 3</summary>The new dimension: <code>unsqueeze(1)</code>, or <code>None</code> in an index.</details>


# %% nbgrader={"grade": false, "grade_id": "upload", "locked": false, "schema_version": 3, "solution": true, "task": false}
def upload(images: torch.Tensor, device: torch.device | str) -> torch.Tensor:
    """images (n, h, w) uint8, on the CPU -> (n, 1, h, w) float32 in [0, 1], on device"""
    ### BEGIN SOLUTION
    images = images.to(device)
    return images.unsqueeze(1).float() / 255
    ### END SOLUTION


# %% tags=["exercise"]
upload(torch.tensor([[[0, 255]]], dtype=torch.uint8), "cpu")

# %% nbgrader={"grade": true, "grade_id": "upload-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch

from pytorch_learning import checks

with checks.exercise("upload"):
    raw = checks.say("像素还是 0 到 255：要除以 255", "the pixels still go from 0 to 255: divide by 255")
    channel = checks.say(
        "新的一维放在第 1 个位置：`(n, 1, h, w)`", "the new dimension comes at position 1: `(n, 1, h, w)`"
    )
    by_256 = checks.say("除以了 256：最大的像素是 255", "that was divided by 256: the greatest pixel is 255")
    whole = checks.say(
        "小数部分丢了：先变成 `float32`，再除以 255",
        "the fractions are lost: make it `float32` before dividing",
    )
    heavy = checks.say(
        "路上走的不是 `uint8`，是 4 倍的字节：先单独 `.to(device)`，到了那边再变 dtype、除以 255",
        "what travelled was not `uint8` but 4 times as many bytes: a `.to(device)` alone first, then change the dtype and "
        "divide over there",
    )
    home = checks.say(
        "结果应在 `device` 上：`.to` 返回新张量，要接住",
        "the result should be on `device`: `.to` returns a new tensor, so catch it",
    )
    back = checks.say(
        "到了 `device` 又回到了 CPU，或者读了数值：结果要留在 `device` 上",
        "it came back to the CPU from `device`, or a value was read: the result stays on `device`",
    )
    mistakes = [
        (lambda x, d: x[:, None].float(), raw),
        (lambda x, d: x.float() / 255, channel),
        (lambda x, d: (x.float() / 255)[None], channel),
        (lambda x, d: (x.float() / 255)[..., None], channel),
        (lambda x, d: x[:, None].float() / 256, by_256),
        (lambda x, d: (x[:, None] // 255).float(), whole),
    ]

    def check_trip(images, name):
        result, crossings = checks.crossings(
            lambda: checks.runs_on_meta(lambda: upload(images, "meta"), name=name, reading=back, staying=home)
        )
        checks.is_tensor(result, name=name)
        checks.device(result, "meta", name=name, hint=home)
        checks.dtype(result, torch.float32, name=name)
        checks.shape(result, (len(images), 1, *images.shape[1:]), name=name, hint=channel)
        there = [crossing for crossing in crossings if crossing.target == "meta"]
        mark = checks.say("：", ": ")
        # Numbers such as 255 may travel as well.
        checks.true(sum(c.bytes for c in there) <= images.numel() + 64, name + mark + heavy)
        checks.true(
            sum(c.elements for c in there) >= images.numel(),
            name
            + mark
            + checks.say(
                "图片不是用 `.to(device)` 搬过去的：不要经过列表或 NumPy 重新造",
                "the pictures did not travel by `.to(device)`: don't make them anew from a list or by NumPy",
            ),
        )

    images = torch.tensor([[[0, 255], [51, 102]], [[1, 2], [3, 4]]], dtype=torch.uint8)
    expected = torch.tensor([[[[0, 1], [0.2, 0.4]]], [[[1 / 255, 2 / 255], [3 / 255, 4 / 255]]]])
    checks.returns(upload, images, "cpu", expected=expected, mistakes=mistakes)
    check_trip(images, 'upload(images, "meta")')
    for place in checks.everywhere():
        checks.returns(upload, images, place, expected=expected.to(place), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def pixel_by_pixel(images, device):
            rows = [pixel / 255 for pixel in images.flatten().tolist()]
            shape = (images.shape[0], 1, *images.shape[1:])
            return torch.tensor(rows, dtype=torch.float32).reshape(shape).to(device)

        shapes = [(5, 4, 4), (1, 3, 5), (2, 1, 1), (0, 4, 4), (300, 28, 28)]
        several = [torch.randint(256, shape, dtype=torch.uint8) for shape in shapes]
        for place in [*checks.everywhere(), torch.device("cpu")]:
            checks.agrees(upload, pixel_by_pixel, [(x, place) for x in several], mistakes=mistakes)
        for x in several:
            check_trip(x, "upload(images, device)")
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 6.3 谁在等谁
#
# GPU 的工作是**异步**（asynchronous）的：CPU 把一项运算放进 GPU 的队列，不等它算完就往下走；GPU 按次序一项项地做。于是 CPU 在准备下一批时，GPU 正算着这一批，谁也不闲着。
#
# 不是每台机器都有 GPU，所以我们用纸做一个：`PaperGPU` 什么也不算，只按上面的规则记时间。`launch` 把工作放进队列，要占 CPU 1 毫秒（真的 GPU 只要几微秒），`synchronize` 让 CPU 等到队列空了为止——这叫**同步**（synchronisation）。

# %% [markdown] tags=["en"]
# ## 6.3 Who waits for whom
#
# The work of a GPU is **asynchronous**: the CPU puts an operation into the GPU's queue and goes on without waiting for its result; the GPU works through its queue in order. So while the GPU computes with one batch, the CPU gets the next one ready, and neither is idle.
#
# Not every machine has a GPU, so let's make one of paper: `PaperGPU` computes nothing and only keeps time by these rules. `launch` puts work into the queue, which takes the CPU 1 millisecond (with a real GPU, a few microseconds). `synchronize` makes the CPU wait until the queue is empty; that is **synchronisation**.

# %%
gpu = PaperGPU()
start = gpu.clock()
gpu.launch("forward", 0.008)
gpu.launch("backward", 0.012)
gpu.launch("step", 0.004)
print(f"launched after {1000 * (gpu.clock() - start):.0f} ms")
gpu.synchronize()
print(f"done after     {1000 * (gpu.clock() - start):.0f} ms")
plots.timeline(gpu)

# %% [markdown] tags=["zh"]
# 蓝色是 CPU 在做事，橙色是 GPU，斜线是等待。只看第一个时间，会以为 3 毫秒就做完了三件事：量到的只是往队列里放的时间。真的 GPU 上用 `torch.accelerator.synchronize()` 等它做完（没有加速器的机器上调用它会报错，所以上面的 `wait_for_device` 先问一问）。要量得准：
#
# 1. **先空跑一次**，不计时：第一次总是慢，要加载程序、分配内存。
# 2. **计时之前先同步**，否则会把队列里以前的工作也算进来。
# 3. **停表之前也同步**，否则只量到放进队列的时间。
# 4. **量几次，取中位数**：偶尔有一次被别的程序打断，平均值会被它带偏，中位数不会。

# %% [markdown] tags=["en"]
# Blue is the CPU at work, orange the GPU; hatched is waiting. From the first time alone you would think that all three were done within 3 milliseconds, when that is only how long it took to put them into the queue. On a real GPU, `torch.accelerator.synchronize()` waits for the end (without an accelerator, calling it is an error, which is why `wait_for_device` above asks first). To measure well:
#
# 1. **Warm up**: run it once without the clock. The first run is always slow, since programs have to be loaded and memory has to be found.
# 2. **Synchronise before you start the clock**, or earlier work in the queue counts too.
# 3. **Synchronise before you stop it**, or you only measure how long it takes to join the queue.
# 4. **Measure several times and take the median**: now and then another program cuts in, which spoils the mean but not the median.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 6.3a · 会看表（4 分）
#
# 写函数 `timed(function, synchronize, clock, runs)`：量 `function()` 要多少秒。`synchronize()` 等到设备做完所有的事，`clock()` 返回现在的时间（秒）；量真的设备时，它们是 `wait_for_device` 和 `time.perf_counter`，检查时是纸做的 GPU。
#
# 先空跑一次，再计时 `runs` 次（`runs` 是奇数），每次单独计时；返回这些时间的中位数，一个 `float`。`function` 一共正好调用 `runs + 1` 次。
#
# 例：`gpu = PaperGPU()` 之后，`timed(lambda: gpu.launch("work", 0.008), gpu.synchronize, gpu.clock, 3)` 得到约 `0.009`：放进队列 1 毫秒，计算 8 毫秒。
#
# <details><summary>提示 1</summary>上面的四条规则，一条对应一两行代码。</details>
# <details><summary>提示 2</summary>同步要调用两次：读第一个时间之前，读第二个时间之前。空跑的那一次也会在队列里留下工作。</details>
# <details><summary>提示 3</summary>中位数是排好序以后中间的那个：<code>sorted</code>，或者标准库的 <code>statistics.median</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 6.3a · Read the clock (4 points)
#
# Write `timed(function, synchronize, clock, runs)`: measure how many seconds `function()` takes. `synchronize()` waits until the device has done everything, `clock()` gives the time now in seconds. For a real device these are `wait_for_device` and `time.perf_counter`; the check uses a `PaperGPU`.
#
# Run it once to warm up, then time it `runs` times (`runs` is odd), each run by itself; return the median of these times, a `float`. `function` is called exactly `runs + 1` times.
#
# Example: after `gpu = PaperGPU()`, `timed(lambda: gpu.launch("work", 0.008), gpu.synchronize, gpu.clock, 3)` gives about `0.009`: 1 millisecond to join the queue, 8 to compute.
#
# <details><summary>Hint 1</summary>There are four rules above, and each becomes a line or two.</details>
# <details><summary>Hint 2</summary>You synchronise twice: before reading the first time and before reading the second. The warm-up leaves work in the queue, too.</details>
# <details><summary>Hint 3</summary>The median is the one in the middle when they are in order: <code>sorted</code>, or <code>statistics.median</code> from the standard library.</details>


# %% nbgrader={"grade": false, "grade_id": "timed", "locked": false, "schema_version": 3, "solution": true, "task": false}
def timed(function, synchronize, clock, runs: int) -> float:
    """function(), synchronize(), clock() in seconds, runs (odd) -> median seconds of one function()"""
    ### BEGIN SOLUTION
    function()
    times = []
    for _ in range(runs):
        synchronize()
        before = clock()
        function()
        synchronize()
        times.append(clock() - before)
    return sorted(times)[runs // 2]
    ### END SOLUTION


# %% tags=["exercise"]
paper = PaperGPU()
timed(lambda: paper.launch("work", 0.008), paper.synchronize, paper.clock, 3)

# %% nbgrader={"grade": true, "grade_id": "timed-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import statistics
import time
from functools import partial

import torch

from pytorch_learning import checks
from pytorch_learning.paper_gpu import PaperGPU

with checks.exercise("timed"):
    mark = checks.say("：", ": ")
    advice = {
        "launch": checks.say(
            "这只是放进队列的时间：停表之前要同步",
            "that is only the time to join the queue: synchronise before you stop the clock",
        ),
        "earlier": checks.say(
            "以前留在队列里的工作也算进来了：开始计时之前要同步，空跑的那一次之后也要",
            "earlier work in the queue was counted too: synchronise before you start the clock, after the warm-up "
            "as well",
        ),
        "first": checks.say(
            "第一次特别慢，不该算：先空跑一次，不计时",
            "the first run is slow and should not count: warm up by running it once without the clock",
        ),
        "mean": checks.say(
            "这是平均值，被慢的那一次带偏了：要中位数",
            "that is the mean, which one slow run spoils: take the median",
        ),
        "least": checks.say("这是最快的一次：要中位数", "that is the fastest run: take the median"),
        "most": checks.say("这是最慢的一次：要中位数", "that is the slowest run: take the median"),
        "middle": checks.say(
            "这是次序在中间的那一次：要先按时间的长短排好",
            "that is the run in the middle of the sequence: put the times in order first",
        ),
        "sum": checks.say("这是各次的总和：要中位数", "that is the sum of the runs: take the median"),
        "together": checks.say(
            "每一次都要单独计时，前后都同步：连在一起量再除以次数，量到的是平均值",
            "time each run by itself and synchronise before and after it: timing them together and dividing gives the mean",
        ),
        "unit": checks.say("这是毫秒，要的是秒", "those are milliseconds; seconds are wanted"),
        "other": checks.say(
            "时间不对：每次都是同步、看表、运行、同步、再看表，两次看表相减",
            "the time is wrong: each run is synchronise, clock, run, synchronise, clock, and the difference of the two times",
        ),
    }

    def measure(
        function, synchronize, clock, runs, *, warm=1, before=True, after=True, choose=statistics.median
    ):
        """Right as it stands; wrong in one way or another with other arguments."""
        times = []
        for number in range(-warm, runs):
            if before:
                synchronize()
            start = clock()
            function()
            if after:
                synchronize()
            if number >= 0:
                times.append(clock() - start)
        return choose(times)

    def together(function, synchronize, clock, runs):
        function()
        synchronize()
        start = clock()
        for _ in range(runs):
            function()
        synchronize()
        return (clock() - start) / runs

    def after_alone(function, synchronize, clock, runs):
        function()
        return measure(function, synchronize, clock, runs, warm=0, before=False)

    def clock_first(function, synchronize, clock, runs):
        def waiting():
            synchronize()
            function()

        function()
        return measure(waiting, synchronize, clock, runs, warm=0, before=False)

    wrong = {
        "launch": [{"after": False}, {"before": False, "after": False}, {"warm": 0, "after": False}],
        "earlier": [after_alone, clock_first],
        "first": [{"warm": 0}, {"warm": 0, "choose": statistics.mean}],
        "mean": [{"choose": statistics.mean}],
        "together": [together],
        "least": [{"choose": min}],
        "most": [{"choose": max}],
        "middle": [{"choose": lambda times: times[len(times) // 2]}],
        "sum": [{"choose": sum}],
        "unit": [{"choose": lambda times: 1000 * statistics.median(times)}],
    }

    def check_timing(durations, name, *, earlier=0.0, launch=0.001, cpu=0.0):
        """durations: what the warm-up takes on the GPU, then each of the timed runs."""
        runs = len(durations) - 1

        def on_paper(timing):
            """What `timing` measures, and how often it called the function."""
            gpu = PaperGPU(launch)
            calls = []
            if earlier:
                gpu.launch("earlier", earlier)

            def work():
                if cpu:
                    gpu.compute("batch", cpu)
                gpu.launch("work", durations[min(len(calls), runs)])
                calls.append(gpu.clock())

            return timing(work, gpu.synchronize, gpu.clock, runs), len(calls)

        result, count = on_paper(timed)
        checks.true(
            isinstance(result, (int, float)) and not isinstance(result, bool),
            f"{name}{mark}"
            + checks.say(
                f"应返回一个 float，得到的是 {type(result).__name__}",
                f"a float is wanted, this is a {type(result).__name__}",
            )
            + (checks.say("：是不是忘了 `return`？", ": did you forget `return`?") if result is None else ""),
        )

        def close(value):
            return abs(result - value) < 1e-6 + 1e-5 * abs(value)

        if not count or close(on_paper(measure)[0]):
            checks.true(
                count == runs + 1,
                f"{name}{mark}"
                + checks.say(
                    f"`function` 调用了 {count} 次，应是空跑 1 次、计时 {runs} 次",
                    f"`function` was called {count} times; it should be once to warm up and {runs} times with the clock",
                ),
            )
            return
        for key, ways in wrong.items():
            for way in ways:
                timing = way if callable(way) else partial(measure, **way)
                checks.true(not close(on_paper(timing)[0]), f"{name}{mark}{advice[key]}")
        checks.true(False, f"{name}{mark}{advice['other']}")

    check_timing([0.008] * 4, "timed(function, synchronize, clock, 3)")
    check_timing(
        [0.100, 0.008],
        checks.say(
            "timed(function, synchronize, clock, 1)，第一次调用慢",
            "timed(function, synchronize, clock, 1), slow when first called",
        ),
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        name = "timed(function, synchronize, clock, runs)"
        slow = [0.004, 0.500, 0.002, 0.003, 0.006, 0.005]
        check_timing(slow, name)
        check_timing([0.050, *slow[::-1]][:6], name)
        check_timing([0.008, 0.008], name, earlier=0.5)
        check_timing([0.300, 0.007, 0.009, 0.008], name, earlier=0.2, cpu=0.003)
        check_timing([0.02] * 2, name, launch=0.01, cpu=0.05)
        check_timing([0.001 * (3 + i * 7 % 11) for i in range(10)], name, launch=0.0002)
        # And with a real clock, on the devices of this machine.
        for place in checks.everywhere():
            x = torch.rand(8, 8, device=place)
            waits = (lambda: None) if place == "cpu" else torch.accelerator.synchronize
            measured = timed(lambda: x @ x, waits, time.perf_counter, 3)
            checks.true(0 < measured < 60, f"{name}{mark}{advice['other']}")
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 你的机器有多快
#
# 这门课的秒表 `seconds` 就照这些规则来量（PyTorch 自带的叫 `torch.utils.benchmark.Timer`）。用它量一量 n×n 的矩阵乘法，n 从 64 到 1024：要做 n³ 次乘法和差不多一样多的加法，所以 n 翻倍，工作是 8 倍。有加速器的话，图上会多一条线。

# %% [markdown] tags=["en"]
# ### How fast is your machine?
#
# This course's stopwatch, `seconds`, keeps to these rules (PyTorch's own is `torch.utils.benchmark.Timer`). Let it time the product of two n×n matrices, for n from 64 to 1024. That takes n³ multiplications and nearly as many additions, so twice the n is 8 times the work. With an accelerator there is a second line in the chart.


# %% tags=["nbval-ignore-output"]
def matmul_seconds(n, place):
    a = torch.rand(n, n, device=place)
    return seconds(lambda: a @ a)


sizes = [64, 128, 256, 512, 1024]
figure, axes = plt.subplots(figsize=(6, 3.4), layout="constrained")
for place in dict.fromkeys(["cpu", device]):
    axes.plot(sizes, [1000 * matmul_seconds(n, place) for n in sizes], marker="o", label=place)
axes.set_xscale("log", base=2)
axes.set_yscale("log")
axes.set_xticks(sizes, [str(n) for n in sizes])
axes.set_xlabel("n")
axes.set_ylabel("ms for a @ a")
axes.legend()
plt.show()

# %% [markdown] tags=["zh"]
# 看 CPU 的那条线：矩阵大了，n 每翻一倍，时间大约是 8 倍，放不进缓存时还要更多；矩阵很小时，准备工作占的比例大，线就平一些。GPU 更是如此：小矩阵喂不饱那么多运算单元，时间几乎都是固定的开销，常常还不如 CPU；要到大矩阵、大批量，它的长处才显出来。所以小网络放在 GPU 上没有变快，不一定是哪里错了。

# %% [markdown] tags=["en"]
# Look at the CPU's line. For large matrices, twice the n takes about 8 times as long, or more where they no longer fit into the cache; for very small ones the preparations take a larger share, and the line is flatter. A GPU is an extreme case of this: small matrices can't keep all its units busy, nearly all the time is fixed cost, and it is often slower than the CPU. It takes large matrices and large batches to bring out its strength. So if a small network is no faster on a GPU, there need not be anything wrong.

# %% [markdown] tags=["zh"]
# ### 每读一个数，就等一次
#
# 队列的好处很容易丢掉。`loss.item()` 要一个数值，CPU 只好停下来，等 GPU 把前面的事都做完。下面是同一个训练循环的两种写法，各四步：上面每一步都读一次损失，下面只在最后读一次。

# %% [markdown] tags=["en"]
# ### Each number you read is a wait
#
# The benefit of the queue is easily lost. `loss.item()` asks for a value, and the CPU has to stop until the GPU has done everything before it. Here is one training loop written in two ways, four steps of each: the upper one reads the loss at every step, the lower one reads once, at the end.


# %%
def four_steps(reads_each_loss):
    gpu = PaperGPU()
    for _ in range(4):
        gpu.compute("batch", 0.003)
        for work, length in (("fwd", 0.003), ("bwd", 0.004), ("step", 0.002)):
            gpu.launch(work, length)
        if reads_each_loss:
            gpu.synchronize()
    gpu.synchronize()
    return gpu


each, once = four_steps(True), four_steps(False)
print(f"{1000 * each.clock():.0f} ms and {1000 * once.clock():.0f} ms")
plots.timeline(each, once, titles=["total += loss.item()", "total += loss.detach()"])

# %% [markdown] tags=["zh"]
# 上面的循环里，GPU 总在等 CPU 准备下一批；下面的循环里，它一开工就没有停过。除了 `item()`，`float(loss)`、`loss.cpu()`、`loss.tolist()`、`print(loss)`、`if loss < best` 也都要读数值。要累加损失或答对的个数，就用张量累加，留在设备上，走完一遍再读一次。`detach()` 不读数值，只是和计算图断开：不断开，每一步的图都会留在内存里。
#
# 没有 GPU 也查得出来：`meta` 上的张量没有数值，谁读谁报错（只有 `print` 例外，它印出省略号）。

# %% [markdown] tags=["en"]
# In the upper loop the GPU keeps waiting for the CPU to get the next batch ready; in the lower one, once started, it never stops. Besides `item()`, also `float(loss)`, `loss.cpu()`, `loss.tolist()`, `print(loss)` and `if loss < best` read the value. To add up losses or right answers, add tensors, which stay on the device, and read the sum once when all is done. `detach()` reads nothing, it only cuts the tensor off from the graph; without it, the graph of every step stays in memory.
#
# You can find such reading without a GPU: tensors on `meta` have no values, and whoever reads one gets an error (all but `print`, which shows dots instead).

# %%
total = torch.zeros((), device="meta")
loss = torch.ones((), device="meta", requires_grad=True) * 2
total += loss.detach()
print(total.device, total.shape)
try:
    total += loss.item()
except RuntimeError as error:
    print(error)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 6.3b · 不必等的评估（3 分）
#
# 写函数 `accuracy_on(model, batches, device)`：`model` 已经在 `device` 上，`batches` 交出一对对 `(images, labels)`，都在 CPU 上，各批大小可以不同，有的批可以是空的，一共至少有一个样本。返回答对的比例：0 维张量，dtype `float32`，在 `device` 上。每个样本一样重。
#
# - 评估时用 `eval` 模式，不记计算图；最后恢复模型原来的模式。
# - 一路上不读任何数值，包括最后：要不要等，由调用的人决定。
#
# 例：`accuracy_on(nn.Identity(), [(torch.eye(3), torch.tensor([0, 1, 0]))], "cpu")` 得到 `tensor(0.6667)`。
#
# <details><summary>提示 1</summary>答对的个数用张量累加；样本的个数不在 GPU 上，<code>len(labels)</code> 随便读。</details>
# <details><summary>提示 2</summary>累加从哪里开始？<code>torch.zeros(())</code> 在 CPU 上，和 <code>device</code> 上的张量加在一起，结果在哪里？写明 <code>device=</code> 最稳妥。</details>
# <details><summary>提示 3</summary><code>argmax(1)</code>、<code>==</code>、<code>sum()</code>；<code>model.training</code> 记着模式，<code>model.train(…)</code> 收一个真假，能恢复它。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 6.3b · Evaluate without waiting (3 points)
#
# Write `accuracy_on(model, batches, device)`: `model` is on `device` already; `batches` hands out pairs `(images, labels)`, all on the CPU, of different sizes maybe, some of them empty, with at least one sample in total. Return the share of right answers: a tensor with 0 dimensions, dtype `float32`, on `device`. All samples count the same.
#
# - Evaluate in `eval` mode and without recording the graph, and put the model back into the mode it had.
# - Read no value on the way, nor at the end: whether to wait is for the caller to decide.
#
# Example: `accuracy_on(nn.Identity(), [(torch.eye(3), torch.tensor([0, 1, 0]))], "cpu")` gives `tensor(0.6667)`.
#
# <details><summary>Hint 1</summary>Add up the right answers as a tensor. How many samples there are is no secret of the GPU: <code>len(labels)</code> is free.</details>
# <details><summary>Hint 2</summary>What does the sum start from? <code>torch.zeros(())</code> is on the CPU; add a tensor on <code>device</code> to it, and where is the result? It is safest to name <code>device=</code>.</details>
# <details><summary>Hint 3</summary><code>argmax(1)</code>, <code>==</code>, <code>sum()</code>; <code>model.training</code> knows the mode, and <code>model.train(…)</code>, which takes True or False, restores it.</details>


# %% nbgrader={"grade": false, "grade_id": "accuracy_on", "locked": false, "schema_version": 3, "solution": true, "task": false}
def accuracy_on(model: nn.Module, batches, device: torch.device | str) -> torch.Tensor:
    """model on device, batches of images (n, ...) and labels (n,) on the CPU -> share of right answers ()"""
    ### BEGIN SOLUTION
    mode = model.training
    model.eval()
    right = torch.zeros((), device=device)
    count = 0
    with torch.no_grad():
        for images, labels in batches:
            predicted = model(images.to(device)).argmax(1)
            right += (predicted == labels.to(device)).sum()
            count += len(labels)
    model.train(mode)
    return right / count
    ### END SOLUTION


# %% tags=["exercise"]
accuracy_on(nn.Identity(), [(torch.eye(3), torch.tensor([0, 1, 0]))], "cpu")

# %% nbgrader={"grade": true, "grade_id": "accuracy_on-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("accuracy_on"):
    mark = checks.say("：", ": ")
    reading = checks.say(
        "这里读了一个数值（`item()`、`float(…)`、`cpu()`、`if`、打印……）：用张量累加，返回张量",
        "a value is read here (`item()`, `float(…)`, `cpu()`, `if`, printing …): add up tensors and return a tensor",
    )
    staying = checks.say(
        "有东西没有搬到 `device`：每一批的 `images` 和 `labels` 都要搬，累加的张量也要在那里",
        "something is not on `device`: move the `images` and `labels` of each batch, and keep the sum there too",
    )
    batchwise = checks.say(
        "这是各批正确率的平均：各批大小不同，每个样本要一样重，先数答对的个数，最后除以总数",
        "that is the mean of the batches' accuracies: batches differ in size and samples count the same, so count the "
        "right answers and divide once, at the end",
    )
    empty = checks.say(
        "得到 nan：空的一批没有平均值，先数答对的个数，最后除以总数",
        "that is nan: an empty batch has no mean, so count the right answers and divide once, at the end",
    )
    whole = checks.say(
        "`argmax()` 没有写维度，一批只得到一个预测：要沿类别的维度（`dim=1`）取",
        "`argmax()` without a dimension makes one prediction for a whole batch: take it along the classes, `dim=1`",
    )
    count = checks.say(
        "答对的个数要除以样本数，不是别的", "divide the right answers by the number of samples, nothing else"
    )
    wrong = checks.say("这是答错的比例", "that is the share of wrong answers")
    last = checks.say("这只是最后一批的", "that is the last batch alone")
    percent = checks.say(
        "这是百分数，要的是 0 到 1 的比例", "that is a percentage; a share from 0 to 1 is wanted"
    )
    dtype = checks.say("dtype 应是 `float32`", "its dtype should be `float32`")

    def check_result(result, device, name):
        checks.true(
            isinstance(result, torch.Tensor),
            name
            + mark
            + (
                reading
                if isinstance(result, (int, float))
                else checks.say(
                    f"应返回一个张量，得到的是 {type(result).__name__}",
                    f"a tensor is wanted, this is {type(result).__name__}",
                )
            ),
        )
        checks.device(result, device, name=name, hint=staying)
        checks.dtype(result, torch.float32, name=name, hint=dtype)
        checks.shape(result, (), name=name)

    def answer(model, batches, device):
        try:
            return accuracy_on(model, batches, device)
        except RuntimeError as error:
            # Sizes that don't fit are no trouble with devices: there are as many predictions as classes.
            if "broadcast" not in str(error) and "size of tensor" not in str(error):
                raise
            sizes = checks.say(
                "预测和标签的个数对不上：`argmax` 要沿类别的维度（`dim=1`）取",
                "the predictions don't match the labels in number: take `argmax` along the classes, `dim=1`",
            )
            raise checks.CheckFailed(f"accuracy_on(model, batches, device){mark}{sizes}") from None

    def check_accuracy(model, batches, device, name):
        model = model.to(device)
        mode = [module.training for module in model.modules()]

        def evaluate():
            share = answer(model, (pair for pair in batches), device)
            checks.true(
                [module.training for module in model.modules()] == mode,
                name
                + mark
                + checks.say(
                    "评估之后没有恢复原来的模式：先记下 `model.training`，它不一定是 `True`",
                    "the mode was not restored afterwards: note `model.training` first, which need not be `True`",
                ),
            )
            return share

        result = checks.evaluates(model, evaluate, name=name)
        check_result(result, device, name)
        model.eval()
        hits, one_each = [], 0
        for images, labels in batches:
            logits = [model(x[None].to(device))[0] for x in images]
            hits.append([row.argmax().item() == y for row, y in zip(logits, labels.tolist())])
            if logits:
                one_each += labels.tolist().count(torch.stack(logits).argmax().item())
        model.train(mode[0])
        every = [hit for batch in hits for hit in batch]
        share = sum(every) / len(every)
        # An empty last batch has no accuracy of its own; that mistake gives nan.
        means = [sum(batch) / len(batch) if batch else float("nan") for batch in hits]
        mistakes = [
            (sum(means) / len(means), batchwise if all(hits) else empty),
            (one_each / len(every), whole),
            (float(sum(every)), count),
            (sum(every) / len(batches), count),
            (1 - share, wrong),
            (100 * share, percent),
            (means[-1], last),
        ]
        got = result.cpu()
        checks.equal(
            got,
            torch.tensor(share),
            name=name,
            mistakes=[(torch.tensor(value), sentence) for value, sentence in mistakes],
        )

    def check_meta(model, batches, name):
        model.to("meta")
        result = checks.runs_on_meta(
            lambda: answer(model, iter(batches), "meta"), name=name, reading=reading, staying=staying
        )
        check_result(result, "meta", name)

    def make_batches(sizes, shape=(4,), classes=3):
        return [(torch.randn(n, *shape), torch.randint(classes, (n,))) for n in sizes]

    def small():
        return nn.Sequential(nn.Flatten(), nn.Linear(4, 8), nn.Dropout(0.5), nn.Linear(8, 3))

    easy = [
        (torch.eye(3), torch.tensor([0, 1, 2])),
        (torch.eye(3)[1:2], torch.tensor([2])),
        (torch.eye(3), torch.tensor([0, 2, 1])),
    ]
    check_meta(small(), make_batches((5, 2)), 'accuracy_on(model, batches, "meta")')
    for place in checks.everywhere():
        check_accuracy(nn.Sequential(nn.Identity()), easy, place, f'accuracy_on(model, batches, "{place}")')
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        name = "accuracy_on(model, batches, device)"
        norm = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Flatten(), nn.Linear(8, 3))
        check_meta(norm, make_batches((4, 1, 3), (1, 4, 4)), name)
        for place in checks.everywhere():
            check_accuracy(small(), make_batches((40, 40, 7)), place, name)
            check_accuracy(small().eval(), make_batches((1,)), place, name)
            check_accuracy(small(), make_batches((3, 0, 60, 1), (2, 2)), place, name)
            check_accuracy(nn.Sequential(nn.BatchNorm1d(4)), make_batches((30, 2), classes=4), place, name)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 6.4 短一半的浮点数
#
# 神经网络用不着每个数都很精确。一个数用 16 位而不是 32 位来存，内存和搬家都省一半；GPU 里还有专门做 16 位乘法的电路，快好几倍。16 位怎么分，有两种办法：**指数**（exponent）位多，范围就大；**尾数**（fraction）位多，就更精确。

# %% [markdown] tags=["en"]
# ## 6.4 Floats of half the length
#
# A neural network doesn't need every number to be precise. With 16 bits for a number in place of 32, memory and copies are halved, and GPUs have special circuits for products of 16-bit numbers that are several times as fast. There are two ways to use 16 bits: more for the **exponent** gives more range, more for the **fraction** gives more precision.

# %%
plots.float_formats(torch.float32, torch.bfloat16, torch.float16)

# %% [markdown] tags=["zh"]
# `max` 是最大的数，`tiny` 是还保持全部精度的最小正数，`eps` 是 1 和下一个数的距离，这些都在 `torch.finfo` 里。`bfloat16` 的范围和 `float32` 一样，精度却只有两三位数字；`float16` 精确一些，可是过了 65504 就成了 `inf`（上溢），太小的数就成了 0（下溢）。
#
# 同样四个数，三种存法：

# %% [markdown] tags=["en"]
# `max` is the greatest number, `tiny` the least positive one that still has full precision, and `eps` the distance from 1 to the next number; `torch.finfo` has them all. `bfloat16` reaches as far as `float32` but has only two or three digits. `float16` is more precise, but beyond 65504 there is only `inf` (overflow), and what is too small becomes 0 (underflow).
#
# The same four numbers, kept in three ways:

# %%
numbers = torch.tensor([1 / 3, 257.0, 70000.0, 1e-8])
for dtype in (torch.float32, torch.bfloat16, torch.float16):
    kept = numbers.to(dtype).tolist()
    print(f"{str(dtype):15}", *(f"{number:>10.5g}" for number in kept))

# %% [markdown] tags=["zh"]
# 边界上的事，由就近舍入决定：65504 是 `float16` 最大的数，65519 舍成 65504，65520 才进成 `inf`。小的那头也没有在 `tiny` 处断开：再小的数还能存，只是一路丢掉精度，直到约 6×10⁻⁸，不超过它的一半的才成为 0。

# %% [markdown] tags=["en"]
# At the edges it is a matter of rounding: 65504 is the greatest `float16`; 65519 is rounded down to it, and only 65520 is rounded up to `inf`. Nor do small numbers end at `tiny`: smaller ones can be kept, with less and less precision, down to about 6×10⁻⁸, and only what is no more than half of that becomes 0.

# %%
edges = torch.tensor([65504.0, 65519.0, 65520.0, 6e-8, 4e-8, 2e-8])
print(edges.to(torch.float16).tolist())
print("tiny:", torch.finfo(torch.float16).tiny)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 6.4 · 丢了多少（3 分）
#
# 写函数 `lost(x, dtype)`：`x` 是任意形状的 `float32` 张量，`dtype` 是 `torch.float16` 或 `torch.bfloat16` 这样的浮点 dtype。把 `x` 换成 `dtype`，有几个数上溢成了正负 `inf`，有几个数下溢成了 0？返回两个 `int`：`(上溢的个数, 下溢的个数)`。本来就是 `inf`、`nan` 或 0 的不算。`x` 保持原样。
#
# 例：`lost(torch.tensor([0.0, 1.0, -70000.0, 1e-9]), torch.float16)` 得到 `(1, 1)`；换成 `torch.bfloat16` 得到 `(0, 0)`。
#
# <details><summary>提示 1</summary>边界不好算，换过去看一看就知道了。</details>
# <details><summary>提示 2</summary>上溢：以前有限，以后不是。下溢：以前不是 0，以后是。</details>
# <details><summary>提示 3</summary><code>isfinite()</code>、<code>isinf()</code>，布尔张量之间用 <code>&</code>；张量变成 <code>int</code> 用 <code>item()</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 6.4 · How much is lost? (3 points)
#
# Write `lost(x, dtype)`: `x` is a `float32` tensor of any shape and `dtype` a float dtype such as `torch.float16` or `torch.bfloat16`. When `x` is converted to `dtype`, how many numbers overflow to plus or minus `inf`, and how many underflow to 0? Return two `int`s: `(how many overflow, how many underflow)`. What is `inf`, `nan` or 0 to begin with does not count. Leave `x` as it is.
#
# Example: `lost(torch.tensor([0.0, 1.0, -70000.0, 1e-9]), torch.float16)` gives `(1, 1)`, and `(0, 0)` with `torch.bfloat16`.
#
# <details><summary>Hint 1</summary>The edges are hard to work out, but you can convert and look.</details>
# <details><summary>Hint 2</summary>Overflow: finite before and not after. Underflow: not 0 before, but 0 after.</details>
# <details><summary>Hint 3</summary><code>isfinite()</code>, <code>isinf()</code>, and <code>&</code> between boolean tensors; a tensor becomes an <code>int</code> with <code>item()</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "lost", "locked": false, "schema_version": 3, "solution": true, "task": false}
def lost(x: torch.Tensor, dtype: torch.dtype) -> tuple[int, int]:
    """x (...) float32 -> (how many overflow, how many underflow) when converted to dtype"""
    ### BEGIN SOLUTION
    y = x.to(dtype)
    over = x.isfinite() & y.isinf()
    under = (x != 0) & (y == 0)
    return over.sum().item(), under.sum().item()
    ### END SOLUTION


# %% tags=["exercise"]
lost(torch.tensor([0.0, 1.0, -70000.0, 1e-9]), torch.float16)

# %% nbgrader={"grade": true, "grade_id": "lost-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
from math import inf, nan

import torch

from pytorch_learning import checks

with checks.exercise("lost"):
    edge = checks.say(
        "`finfo` 的 `max` 和 `tiny` 不是边界：稍大于 `max` 的舍成 `max`，小于 `tiny` 的也还存得下一些；换过去看结果",
        "`max` and `tiny` of `finfo` are not the edges: a little above `max` is rounded down to it, and below `tiny` there "
        "are still numbers; convert and look",
    )
    infinite = checks.say("本来就是 `inf` 的不算上溢", "what is `inf` to begin with does not overflow")
    not_a_number = checks.say("`nan` 不算上溢", "`nan` is no overflow")
    zeros = checks.say("本来就是 0 的不算下溢", "what is 0 to begin with does not underflow")
    sign = checks.say("负数也会上溢和下溢", "negative numbers overflow and underflow too")
    turned = checks.say("两个数对调了：先上溢，后下溢", "the two are swapped: overflow first, then underflow")
    whole = checks.say(
        "要 `int`，这是小数：个数不要变成浮点数",
        "`int`s are wanted, these are floats: leave the counts whole numbers",
    )
    number = checks.say("要 `int`，不是张量：用 `item()`", "an `int` is wanted, not a tensor: use `item()`")
    fixed = checks.say(
        "换成的是传进来的 `dtype`，不要写死一种", "convert to the `dtype` that is given, not to a fixed one"
    )
    unchanged = checks.say(
        "没有换成传进来的 `dtype`：`x.to(dtype)` 返回新张量，要接住",
        "nothing was converted to the `dtype` that is given: `x.to(dtype)` returns a new tensor, so catch it",
    )
    yes_or_no = checks.say(
        "要的是个数，不是有没有：用 `sum()`", "how many are wanted, not whether there are any: `sum()`"
    )
    rounding = checks.say(
        "变得不精确不算丢：只数成了 `inf` 和成了 0 的",
        "what becomes less precise is not lost: count what becomes `inf` or 0, nothing else",
    )

    def counts(over, under):
        return int(over.sum()), int(under.sum())

    def by_finfo(x, dtype):
        info = torch.finfo(dtype)
        return counts(x.isfinite() & (x.abs() > info.max), (x != 0) & (x.abs() < info.tiny))

    def half_by_finfo(x, dtype):
        return by_finfo(x, dtype)[0], right(x, dtype)[1]

    def other_half_by_finfo(x, dtype):
        return right(x, dtype)[0], by_finfo(x, dtype)[1]

    def right(x, dtype):
        kept = x.to(dtype)
        return counts(x.isfinite() & kept.isinf(), (x != 0) & (kept == 0))

    mistakes = [
        (lambda x, d: counts(x.to(d).isinf(), (x != 0) & (x.to(d) == 0)), infinite),
        (lambda x, d: counts(~x.to(d).isfinite(), (x != 0) & (x.to(d) == 0)), not_a_number),
        (lambda x, d: counts(x.isfinite() & x.to(d).isinf(), x.to(d) == 0), zeros),
        (lambda x, d: counts(x.to(d).isinf(), x.to(d) == 0), infinite),
        (lambda x, d: counts(~x.to(d).isfinite(), x.to(d) == 0), not_a_number),
        (
            lambda x, d: counts(x.isfinite() & (x > 0) & x.to(d).isinf(), (x > 0) & (x.to(d) == 0)),
            sign,
        ),
        (lambda x, d: counts(x.isfinite() & (x.to(d) == inf), (x != 0) & (x.to(d) == 0)), sign),
        (lambda x, d: counts(x.isfinite() & x.to(d).isinf(), (x > 0) & (x.to(d) == 0)), sign),
        (by_finfo, edge),
        (half_by_finfo, edge),
        (other_half_by_finfo, edge),
        (lambda x, d: right(x, d)[::-1], turned),
        (lambda x, d: tuple(map(torch.tensor, right(x, d))), number),
        (lambda x, d: counts(~x.isinf() & ~x.to(d).isfinite(), (x != 0) & (x.to(d) == 0)), not_a_number),
        (lambda x, d: tuple(map(float, right(x, d))), whole),
        (lambda x, d: tuple(map(bool, right(x, d))), yes_or_no),
        (lambda x, d: (0, 0), unchanged),
        (lambda x, d: right(x, torch.float16), fixed),
        (lambda x, d: right(x, torch.bfloat16), fixed),
        (lambda x, d: (right(x, d)[0], counts(x != x.to(d).float(), x == x)[0]), rounding),
    ]
    example = torch.tensor([0.0, 1.0, -70000.0, 1e-9, 80000.0, 90000.0])
    checks.returns(lost, example, torch.float16, expected=(3, 1), mistakes=mistakes)
    checks.returns(lost, example, torch.bfloat16, expected=(0, 0), mistakes=mistakes)
    special = torch.tensor([[inf, -inf, nan], [0.0, -1e-9, 1e-9]])
    checks.returns(lost, special, torch.float16, expected=(0, 2), mistakes=mistakes)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def number_by_number(x, dtype):
            over = under = 0
            for before in x.flatten().tolist():
                after = torch.tensor(before, dtype=torch.float32).to(dtype).item()
                over += abs(before) < inf and abs(after) == inf
                under += before != 0 and after == 0
            return int(over), int(under)

        limits = torch.tensor(
            [65504.0, 65510, 65519, 65520, -65519, -65521, 6e-8, 4e-8, 2.9e-8, -2.9e-8, -4e-8, 1e-5]
        )
        wide = (torch.rand(200) - 0.5).sign() * 10 ** (torch.rand(200) * 80 - 43)
        cases = [
            (x, dtype)
            for dtype in (torch.float16, torch.bfloat16, torch.float32)
            for x in (
                limits,
                wide.reshape(2, 5, 20),
                torch.cat([wide, special.flatten(), torch.zeros(3)]),
                torch.full((3,), 3.4e38),
                torch.zeros(0),
                torch.tensor(-1e6),
                torch.tensor(nan),
            )
        ]
        checks.agrees(lost, number_by_number, cases, mistakes=mistakes)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 6.5 混合精度
#
# 全都换成 16 位行不行？训练时不行：每一步更新都很小，加到短的数上，会被舍入抹掉。`bfloat16` 在 1 附近的间隔是 0.0078，加上 0.001 还是 1，加一千次也是 1：

# %% [markdown] tags=["en"]
# ## 6.5 Mixed precision
#
# So why not use 16 bits for everything? In training it won't do: each update is small, and added to a short number it is rounded away. Around 1 the numbers of `bfloat16` are 0.0078 apart; add 0.001 to 1 and it is still 1, even after a thousand times:

# %%
for dtype in (torch.float32, torch.bfloat16):
    weight = torch.tensor(1.0, dtype=dtype)
    for _ in range(1000):
        weight += 0.001
    print(f"{str(dtype):15} {weight.item():.4f}")

# %% [markdown] tags=["zh"]
# 所以要**混合精度**（mixed precision）：参数和更新仍用 `float32`，只有前向计算里最费事的部分（线性层、卷积、矩阵乘法）用 16 位。`torch.autocast` 替你挑选：在它的范围里，线性层先把输入和参数临时换成 `bfloat16` 再算；要求精确的（例如交叉熵）自动换回 `float32`；参数自己不动。

# %% [markdown] tags=["en"]
# Hence **mixed precision**: parameters and updates stay `float32`, and only the hardest work of the forward pass (linear layers, convolutions, matrix products) is done with 16 bits. `torch.autocast` chooses for you. Inside it, a linear layer converts its input and its parameters to `bfloat16` on the fly and computes with the copies; what has to be precise, such as the cross-entropy, goes back to `float32`; the parameters themselves are left alone.

# %%
images, labels = torch.rand(4, 1, 28, 28, device=device), torch.tensor([3, 1, 4, 1], device=device)
with torch.autocast(device_type=device, dtype=torch.bfloat16):
    logits = net(images)
    loss = nn.functional.cross_entropy(logits, labels)
print("logits:   ", logits.dtype)
print("loss:     ", loss.dtype)
print("parameter:", net[1].weight.dtype)

loss.backward()
print("gradient: ", net[1].weight.grad.dtype)

# %% [markdown] tags=["zh"]
# 只有前向和损失放在 `autocast` 里；`backward()` 写在外面，它会沿用前向时的类型。损失要在里面算：出了 `autocast`，`bfloat16` 的 logits 得到的是 `bfloat16` 的损失，只有两三位数字。
#
# 真的有用吗？用 2,000 张图片、一个小网络、很小的学习率，训练三遍：全用 `float32`，用 `autocast`，以及模型和图片全换成 `bfloat16`。

# %% [markdown] tags=["en"]
# Only the forward pass and the loss go into `autocast`; `backward()` stands outside and uses the types of the forward pass. Compute the loss inside: outside, `bfloat16` logits make a `bfloat16` loss, with two or three digits.
#
# Does it work? Train a small network on 2,000 pictures with a very small learning rate, three times: all in `float32`; with `autocast`; and with the model and the pictures converted to `bfloat16`.

# %% tags=["nbval-ignore-output"]
training_data = datasets.FashionMNIST(root=data_root(), train=True, download=True)
images = (training_data.data[:2000, None] / 255).to(device)
labels = training_data.targets[:2000].to(device)


# %%
def loss_curve(model, images, *, mixed=False, epochs=8, size=50):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.002)
    curve = []
    for _ in range(epochs):
        total = torch.zeros((), device=images.device)
        for start in range(0, len(images), size):
            batch, answers = images[start : start + size], labels[start : start + size]
            with torch.autocast(images.device.type, dtype=torch.bfloat16, enabled=mixed):
                loss = nn.functional.cross_entropy(model(batch), answers)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(batch)
        curve.append(total / len(images))
    return torch.stack(curve).tolist()


def small_network(dtype=torch.float32):
    torch.manual_seed(0)
    layers = nn.Sequential(nn.Flatten(), nn.Linear(28 * 28, 64), nn.ReLU(), nn.Linear(64, 10))
    return layers.to(device, dtype)


curves = {
    "float32": loss_curve(small_network(), images),
    "autocast": loss_curve(small_network(), images, mixed=True),
    "all bfloat16": loss_curve(small_network(torch.bfloat16), images.bfloat16()),
}

# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(figsize=(6, 3.2), layout="constrained")
for (name, curve), style in zip(curves.items(), ("-", "--", ":")):
    axes.plot(range(1, len(curve) + 1), curve, style, linewidth=2.5, label=name)
axes.set_xlabel("epoch")
axes.set_ylabel("training loss")
axes.legend()
plt.show()

# %% [markdown] tags=["zh"]
# `autocast` 的线和 `float32` 的几乎重合；全用 `bfloat16` 的落在后面，许多小小的更新被舍入抹掉了。
#
# 快不快呢？要看硬件。近几年的 GPU 和一部分 CPU 有 16 位乘法的电路；没有的机器上，`bfloat16` 反而慢得多，不必用它。量一量就知道（在 GPU 上换大一些的矩阵：512 × 512 对它来说太少，量到的只是启动的时间）：

# %% [markdown] tags=["en"]
# The line of `autocast` all but hides that of `float32`. The one with nothing but `bfloat16` falls behind: many of its small updates were rounded away.
#
# Is it faster? That depends on the hardware. GPUs of recent years and some CPUs have circuits for products of 16 bits; on a machine without them `bfloat16` is a good deal slower, and there is no reason to use it. Measure and you know. (On a GPU we take larger matrices: 512 × 512 is too little work for it, and you would time little but the launch.)

# %% tags=["nbval-ignore-output"]
size = 512 if device == "cpu" else 4096
for dtype in (torch.float32, torch.bfloat16):
    a = torch.rand(size, size, device=device).to(dtype)
    print(f"{str(dtype):15} {1000 * seconds(lambda: a @ a):.2f} ms for {size} x {size}")

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 6.5a · 混合精度的一步（3 分）
#
# 写函数 `mixed_step(model, optimizer, images, labels)`：做一步训练，前向用 `bfloat16` 的 `autocast`，损失是交叉熵，在 `float32` 里算。`images` 和 `labels` 已经在模型的设备上，`autocast` 要用这个设备的类型。返回损失：0 维 `float32` 张量，不带计算图。模型的参数仍是 `float32`。
#
# 例：对 `model = nn.Linear(3, 2)` 和它的优化器，`mixed_step(model, optimizer, torch.rand(5, 3), torch.zeros(5, dtype=torch.int64)).dtype` 得到 `torch.float32`。
#
# <details><summary>提示 1</summary>和平常的一步相比，只多了一行 <code>with</code>。哪些放在它里面？</details>
# <details><summary>提示 2</summary>设备的类型：<code>images.device.type</code>。</details>
# <details><summary>提示 3</summary><code>torch.autocast(device_type=…, dtype=…)</code>；损失也在里面算。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 6.5a · One step in mixed precision (3 points)
#
# Write `mixed_step(model, optimizer, images, labels)`: take one training step, with the forward pass under `autocast` in `bfloat16` and the cross-entropy as loss, computed in `float32`. `images` and `labels` are on the model's device already, and `autocast` has to be for a device of that type. Return the loss: a `float32` tensor with 0 dimensions, without its graph. The model's parameters stay `float32`.
#
# Example: with `model = nn.Linear(3, 2)` and its optimiser, `mixed_step(model, optimizer, torch.rand(5, 3), torch.zeros(5, dtype=torch.int64)).dtype` gives `torch.float32`.
#
# <details><summary>Hint 1</summary>Compared with an ordinary step there is one more line, a <code>with</code>. What belongs inside?</details>
# <details><summary>Hint 2</summary>The device's type: <code>images.device.type</code>.</details>
# <details><summary>Hint 3</summary><code>torch.autocast(device_type=…, dtype=…)</code>; the loss is computed inside as well.</details>


# %% nbgrader={"grade": false, "grade_id": "mixed_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mixed_step(
    model: nn.Module, optimizer: torch.optim.Optimizer, images: torch.Tensor, labels: torch.Tensor
) -> torch.Tensor:
    """images (n, ...) float32, labels (n,) int64 -> loss () float32, after one step"""
    ### BEGIN SOLUTION
    with torch.autocast(device_type=images.device.type, dtype=torch.bfloat16):
        loss = nn.functional.cross_entropy(model(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.detach()
    ### END SOLUTION


# %% tags=["exercise"]
line = nn.Linear(3, 2)
mixed_step(
    line, torch.optim.SGD(line.parameters(), lr=0.1), torch.rand(5, 3), torch.zeros(5, dtype=torch.int64)
).dtype

# %% nbgrader={"grade": true, "grade_id": "mixed_step-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("mixed_step"):
    mark = checks.say("：", ": ")
    advice = {
        "plain": checks.say(
            "线性层算的是 `float32`：前向要放进 `torch.autocast(…, dtype=torch.bfloat16)`，设备的类型是 `images.device.type`",
            "the linear layers computed in `float32`: put the forward pass into `torch.autocast(…, dtype=torch.bfloat16)`, "
            "for a device of the type `images.device.type`",
        ),
        "half": checks.say(
            "线性层算的是 `float16`：要写明 `dtype=torch.bfloat16`，不写的话，用什么由设备决定，在 GPU 上就是 `float16`",
            "the linear layers computed in `float16`; `dtype=torch.bfloat16` is wanted. Without a `dtype` the device decides, "
            "and a GPU takes `float16`",
        ),
        "twice": checks.say(
            "模型调用了不止一次，有一次在 `autocast` 外面：前向只做一次，放在里面，返回的就是那个损失",
            "the model was called more than once, and outside `autocast` too: go forward once, inside, and return that loss",
        ),
        "converted": checks.say(
            "参数变成了 16 位：不要转换模型，`autocast` 会在计算时临时转换",
            "the parameters were turned into 16-bit numbers: don't convert the model, `autocast` converts them on the fly",
        ),
        "loss": checks.say(
            "损失应是 `float32`：在 `autocast` 里面算交叉熵，或先 `logits.float()`",
            "the loss should be `float32`: compute the cross-entropy inside `autocast`, or use `logits.float()`",
        ),
        "graph": checks.say(
            "返回的损失还拖着计算图：`detach()`", "the loss you return still carries its graph: `detach()` it"
        ),
        "unused": checks.say(
            "没有调用模型：写 `model(images)`", "the model was not called: write `model(images)`"
        ),
        "value": checks.say(
            "损失的数值不对：要更新**之前**的交叉熵，一批的平均，从 logits 算（前面不加 softmax）",
            "the loss has another value: the cross-entropy **before** the update is wanted, the batch's mean, from logits "
            "(no softmax before it)",
        ),
        "step": checks.say(
            "更新的结果不对：每次调用用传进来的 `optimizer` 走一步，用损失本身的梯度",
            "the update came out differently: one step a call, of the `optimizer` that is given, with the gradients of the "
            "loss itself",
        ),
    }

    def say_why(condition, key, name):
        checks.true(condition, name + mark + advice[key])

    def check_step(
        model, images, labels, device, name, make=lambda p: torch.optim.SGD(p, lr=0.5, momentum=0.9)
    ):
        model, images, labels = (thing.to(device) for thing in (model, images, labels))
        other = copy.deepcopy(model)
        optimizer, reference = make(model.parameters()), make(other.parameters())
        seen = []
        for module in model.modules():
            if isinstance(module, nn.Linear):
                module.register_forward_hook(lambda module, inputs, output: seen.append(output.dtype))
        for _ in range(2):
            before = [parameter.detach().clone() for parameter in model.parameters()]
            with torch.autocast(device, dtype=torch.bfloat16):
                logits = other(images)
                # CUDA's autocast rounds the logarithms to 16 bits on the way, the CPU's does not.
                inside = nn.functional.cross_entropy(logits, labels).detach()
            expected = nn.functional.cross_entropy(logits.float(), labels)
            reference.zero_grad()
            expected.backward()
            reference.step()
            results = []

            def train():
                # As on a GPU: who names no dtype gets float16.
                default = torch.get_autocast_dtype(device)
                torch.set_autocast_dtype(device, torch.float16)
                try:
                    results.append(mixed_step(model, optimizer, images, labels))
                finally:
                    torch.set_autocast_dtype(device, default)

            if all(p.grad is None for p in model.parameters()):
                checks.parameters_change(model, train, name=name)
            else:
                train()
            result = results[0]
            say_why(all(p.dtype == torch.float32 for p in model.parameters()), "converted", name)
            say_why(bool(seen), "unused", name)
            say_why(torch.float16 not in seen, "half", name)
            say_why(not {torch.float32, torch.bfloat16} <= set(seen), "twice", name)
            say_why(torch.float32 not in seen, "plain", name)
            checks.is_tensor(result, name=name)
            checks.shape(result, (), name=name)
            checks.dtype(result, torch.float32, name=name, hint=advice["loss"])
            checks.device(result, device, name=name)
            say_why(not result.requires_grad, "graph", name)
            short = nn.functional.cross_entropy(logits.detach(), labels).float()
            if not any(torch.allclose(result, x, rtol=1e-3, atol=1e-4) for x in (expected.detach(), inside)):
                say_why(False, "loss" if torch.equal(result, short) else "value", name)
            # A step differs from the reference by roundings; a wrong one by about its own size.
            moved = torch.cat([(p.detach() - q).flatten() for p, q in zip(model.parameters(), before)])
            wanted = torch.cat([(p.detach() - q).flatten() for p, q in zip(other.parameters(), before)])
            say_why(bool((moved - wanted).norm() <= 0.05 * wanted.norm() + 1e-6), "step", name)
            with torch.no_grad():
                for parameter, twin in zip(other.parameters(), model.parameters()):
                    parameter.copy_(twin)

    def clears(model, images, labels, name):
        def train(model):
            mixed_step(model, torch.optim.SGD(model.parameters(), lr=0.1), images, labels)

        checks.clears_gradients(model, train, name=name)

    def small():
        return nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 3))

    images, labels = torch.randn(10, 6), torch.randint(3, (10,))
    name = "mixed_step(model, optimizer, images, labels)"
    clears(small(), images, labels, name)
    for place in checks.everywhere():
        check_step(small(), images, labels, place, name)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        for place in checks.everywhere():
            check_step(nn.Linear(4, 5), torch.randn(1, 4), torch.tensor([2]), place, name)
            deep = nn.Sequential(nn.Flatten(), nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 10))
            check_step(deep, torch.rand(40, 1, 4, 4), torch.randint(10, (40,)), place, name)
            check_step(
                small(),
                images * 3,
                labels,
                place,
                name,
                lambda p: torch.optim.SGD(p, lr=0.01, weight_decay=0.1),
            )
        clears(small(), torch.randn(7, 6), torch.randint(3, (7,)), name)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 放大了再求导
#
# `float16` 的范围小，训练时还有一个麻烦：往回传的梯度常常很小，会下溢成 0，参数就再也不动了。办法是**损失缩放**（loss scaling）：先把损失乘上一个大数，例如 2¹⁶，所有的梯度都跟着放大，不再下溢；更新之前再除以同一个数。

# %% [markdown] tags=["en"]
# ### Scale up, then differentiate
#
# The small range of `float16` causes one more trouble in training: gradients on their way back are often small, underflow to 0, and the parameters never move again. The cure is **loss scaling**: multiply the loss by a large number first, 2¹⁶ say, and all gradients are that much larger and don't underflow; before the update, divide them by the same number.


# %%
def tiny_loss(weight):
    return (weight.to(torch.float16) * 0.5).float().sum() * 1e-8


weight = torch.tensor([1.0, 2.0], requires_grad=True)
tiny_loss(weight).backward()
print("without:", weight.grad)

weight = torch.tensor([1.0, 2.0], requires_grad=True)
(tiny_loss(weight) * 2**16).backward()
print("scaled: ", weight.grad / 2**16)

# %% [markdown] tags=["zh"]
# 放得太大，又会上溢成 `inf`。这时这一步作废，参数不动，下次把倍数减半再来；一直顺利，就隔一阵加倍。`torch.amp.GradScaler` 做的就是这件事⁴。`bfloat16` 的范围和 `float32` 一样大，用不着缩放，所以有得选时，大家更愿意用它。
#
# <small>⁴ 用法：`scaler.scale(loss).backward()`，`scaler.step(optimizer)`，`scaler.update()`。</small>

# %% [markdown] tags=["en"]
# Scaled too much, gradients overflow to `inf` instead. Then this step is given up: the parameters stay as they are, and the next attempt uses half the scale. If all goes well for a while, the scale is doubled. That is what `torch.amp.GradScaler` does⁴. `bfloat16` has the range of `float32` and needs no scaling, which is why most people prefer it where they have the choice.
#
# <small>⁴ It is used like this: `scaler.scale(loss).backward()`, `scaler.step(optimizer)`, `scaler.update()`.</small>

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 6.5b · 自己动手缩放（4 分）
#
# 写函数 `scaled_step(loss, optimizer, scale)`：用损失缩放走一步，不用 `GradScaler`。
#
# 1. 清掉优化器里参数的旧梯度，对放大 `scale` 倍的损失求导；
# 2. 把优化器里每个参数的梯度除以 `scale`（没有参与计算的参数，`grad` 是 `None`，跳过）；
# 3. 只要有一个梯度里有 `inf` 或 `nan`，就放弃：参数和优化器的状态都不动，返回 `False`；否则更新，返回 `True`。
#
# 例：`w = torch.tensor([1.0], requires_grad=True)`，`optimizer = torch.optim.SGD([w], lr=0.1)`，那么 `scaled_step((3 * w).sum(), optimizer, 1024.0)` 返回 `True`，`w` 成为 `0.7`。
#
# <details><summary>提示 1</summary>放大的是损失，除的是梯度，都在 <code>step()</code> 之前。</details>
# <details><summary>提示 2</summary>优化器可以有几组参数：<code>optimizer.param_groups</code> 是字典的列表，参数在每个字典的 <code>"params"</code> 里。</details>
# <details><summary>提示 3</summary><code>parameter.grad</code> 可以就地改；<code>isfinite()</code> 同时排除 <code>inf</code> 和 <code>nan</code>，<code>all()</code> 看是不是全都如此。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 6.5b · Scaling by hand (4 points)
#
# Write `scaled_step(loss, optimizer, scale)`: take one step with loss scaling, without `GradScaler`.
#
# 1. Clear the old gradients of the optimiser's parameters, and differentiate the loss made `scale` times as large.
# 2. Divide the gradient of each of the optimiser's parameters by `scale` (for a parameter that took no part, `grad` is `None`: skip it).
# 3. If any gradient has an `inf` or a `nan` in it, give up: leave the parameters and the optimiser's state as they are and return `False`. Otherwise update and return `True`.
#
# Example: with `w = torch.tensor([1.0], requires_grad=True)` and `optimizer = torch.optim.SGD([w], lr=0.1)`, `scaled_step((3 * w).sum(), optimizer, 1024.0)` returns `True`, and `w` becomes `0.7`.
#
# <details><summary>Hint 1</summary>It is the loss that is multiplied and the gradients that are divided, both before <code>step()</code>.</details>
# <details><summary>Hint 2</summary>An optimiser may have several groups of parameters: <code>optimizer.param_groups</code> is a list of dictionaries, and the parameters are in each one's <code>"params"</code>.</details>
# <details><summary>Hint 3</summary><code>parameter.grad</code> can be changed in place; <code>isfinite()</code> rules out <code>inf</code> and <code>nan</code> alike, and <code>all()</code> asks whether it is so everywhere.</details>


# %% nbgrader={"grade": false, "grade_id": "scaled_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def scaled_step(loss: torch.Tensor, optimizer: torch.optim.Optimizer, scale: float) -> bool:
    """loss () with its graph -> whether the parameters were updated"""
    ### BEGIN SOLUTION
    optimizer.zero_grad()
    (loss * scale).backward()
    finite = True
    for group in optimizer.param_groups:
        for parameter in group["params"]:
            if parameter.grad is not None:
                parameter.grad /= scale
                finite = finite and bool(parameter.grad.isfinite().all())
    if finite:
        optimizer.step()
    return finite
    ### END SOLUTION


# %% tags=["exercise"]
w = torch.tensor([1.0], requires_grad=True)
scaled_step((3 * w).sum(), torch.optim.SGD([w], lr=0.1), 1024.0), w

# %% nbgrader={"grade": true, "grade_id": "scaled_step-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy
from math import inf, nan

import torch

from pytorch_learning import checks

with checks.exercise("scaled_step"):
    mark = checks.say("：", ": ")
    advice = {
        "kind": checks.say("应返回 `True` 或 `False`", "`True` or `False` should be returned"),
        "refused": checks.say(
            "梯度都是有限的，应当更新并返回 `True`", "all gradients are finite: update and return `True`"
        ),
        "accepted": checks.say(
            "有的梯度是 `inf` 或 `nan`（不一定在第一个参数里），应当放弃并返回 `False`",
            "some gradient is `inf` or `nan`, not always in the first parameter: give up and return `False`",
        ),
        "touched": checks.say(
            "返回了 `False`，参数或优化器的状态却变了：放弃时不要 `step()`",
            "`False` was returned, yet a parameter or the optimiser's state changed: no `step()` when you give up",
        ),
        "still": checks.say(
            "参数没有变：放大 `loss` 再 `backward()`，更新要 `step()`",
            "the parameters did not change: scale `loss` up before `backward()`, and `step()` to update",
        ),
        "large": checks.say(
            "这一步大了 `scale` 倍：`step()` 之前，每个参数的梯度都要除以 `scale`，每一组里的都要；全除完了才 `step()` 一次",
            "this step is `scale` times too large: before `step()`, divide each parameter's gradient by `scale`, those of "
            "every group; `step()` once, when all are divided",
        ),
        "small": checks.say(
            "这一步小了 `scale` 倍：损失要乘以 `scale`，梯度只除一次",
            "this step is `scale` times too small: multiply the loss by `scale`, and divide the gradients once",
        ),
        "underflow": checks.say(
            "梯度下溢成了 0：`backward()` 之前就要放大损失，之后才放大已经晚了",
            "the gradients underflowed to 0: scale the loss up before `backward()`; afterwards it is too late",
        ),
        "old": checks.say(
            "旧的梯度混进来了：先 `optimizer.zero_grad()`",
            "old gradients got mixed in: call `optimizer.zero_grad()` first",
        ),
        "other": checks.say("更新的结果不对", "the update came out differently"),
    }

    def run(make_loss, leaves, optimizer, scale, name):
        """Whether it says that it updated, and how far each leaf went."""
        before = [leaf.detach().clone() for leaf in leaves]
        result = scaled_step(make_loss(*leaves), optimizer, scale)
        if isinstance(result, torch.Tensor) and result.dtype == torch.bool and result.ndim == 0:
            result = bool(result)
        checks.true(isinstance(result, bool), name + mark + advice["kind"])
        return result, [(leaf.detach() - start) for leaf, start in zip(leaves, before)]

    def parameters(device, *values):
        return [torch.tensor(value, device=device).requires_grad_() for value in values]

    def close(moves, expected, factor=1.0):
        return all(
            torch.allclose(a.cpu(), factor * torch.tensor(b), rtol=0.01, atol=1e-6)
            for a, b in zip(moves, expected)
        )

    def check_update(make_loss, leaves, optimizer, scale, expected, name, unscaled="still"):
        result, moves = run(make_loss, leaves, optimizer, scale, name)
        checks.true(result, name + mark + advice["refused"])
        if close(moves, expected):
            return
        key = "other"
        if all(not move.any() for move in moves):
            key = unscaled
        elif any(close([m], [e], scale) and m.any() for m, e in zip(moves, expected)):
            key = "large"
        elif scale > 1 and close(moves, expected, 1 / scale):
            key = "small"
        checks.true(False, name + mark + advice[key])

    def check_refusal(make_loss, leaves, optimizer, scale, name):
        state = copy.deepcopy(optimizer.state_dict())
        result, moves = run(make_loss, leaves, optimizer, scale, name)
        checks.true(not result, name + mark + advice["accepted"])
        same = all(not move.any() and not move.isnan().any() for move in moves)
        after = optimizer.state_dict()["state"]
        for key, values in state["state"].items():
            for what, value in values.items():
                now = after[key][what]
                same = same and (torch.equal(now, value) if isinstance(value, torch.Tensor) else now == value)
        checks.true(same and len(after) == len(state["state"]), name + mark + advice["touched"])

    def short(a, b):
        """Computes in float16, where the gradient is 1e-8."""
        return ((a.half() * 0.5).float().sum() + (b.half() * 2).float().sum()) * 1e-8

    def plain(a, b):
        return 3 * a.sum() - 2 * b.sum()

    for place in checks.everywhere():
        name = "scaled_step(loss, optimizer, 1024)"
        a, b = parameters(place, [1.0], [2.0, 3.0])
        expected = [[-0.3], [0.2, 0.2]]
        check_update(plain, [a, b], torch.optim.SGD([a, b], lr=0.1), 1024.0, expected, name)
        name = "scaled_step(loss, optimizer, 65536)"
        a, b = parameters(place, [1.0, 2.0], [3.0])
        small = [[-0.5, -0.5], [-2.0]]
        optimizer = torch.optim.SGD([a, b], lr=1e8)
        check_update(short, [a, b], optimizer, 65536.0, small, name, unscaled="underflow")
        a, b = parameters(place, [1.0], [2.0])
        check_refusal(
            lambda a, b: a.sum() + (b * inf).sum(), [a, b], torch.optim.SGD([a, b], lr=0.1), 1024.0, name
        )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        name = "scaled_step(loss, optimizer, scale)"
        for place in checks.everywhere():
            # Old gradients, and a parameter that takes no part.
            a, b, idle = parameters(place, [1.0], [2.0, 3.0], [4.0])
            a.grad, b.grad, idle.grad = torch.full_like(a, 5000), torch.full_like(b, 5000), None
            optimizer = torch.optim.SGD([{"params": [idle, a]}, {"params": [b], "lr": 0.01}], lr=0.1)
            result, moves = run(plain, [a, b], optimizer, 512.0, name)
            checks.true(result, name + mark + advice["refused"])
            wanted = [[-0.3], [0.02, 0.02]]
            for old in (1.0, 1 / 512):
                mixed = [[-0.1 * (3 + 5000 * old)], [-0.01 * (-2 + 5000 * old)] * 2]
                checks.true(not close(moves, mixed), name + mark + advice["old"])
            one_group = close(moves[1:], wanted[1:], 512)
            checks.true(not one_group, name + mark + advice["large"])
            checks.true(close(moves, wanted), name + mark + advice["other"])
            checks.true(bool((idle == 4).all()), name + mark + advice["other"])
            # With momentum and weight decay, sizes matter; then a step that is given up.
            a, b = parameters(place, [1.0], [2.0, 3.0])
            optimizer = torch.optim.SGD([a, b], lr=0.1, momentum=0.5, weight_decay=1.0)
            check_update(plain, [a, b], optimizer, 4096.0, [[-0.4], [0.0, -0.1]], name)
            for bad in (inf, -inf, nan):
                check_refusal(lambda a, b: plain(a, b) + (b[1] * bad), [a, b], optimizer, 8.0, name)
                check_refusal(lambda a, b: plain(a, b) + (a * bad).sum(), [a, b], optimizer, 8.0, name)
            check_refusal(short, [a, b], optimizer, 2.0**45, name)
            # 0.5 of the momentum of before, gradient and decay anew.
            step = [[-0.1 * (0.5 * 4 + 3 + 0.6)], [-0.1 * (0.5 * 0 - 2 + 2.0), -0.1 * (0.5 * 1 - 2 + 2.9)]]
            check_update(plain, [a, b], optimizer, 2.0, step, name)
            adam = parameters(place, [1.0])
            check_update(
                lambda a: 2 * a.sum(), adam, torch.optim.Adam(adam, lr=0.1, eps=2.0), 256.0, [[-0.05]], name
            )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 现在你会了
#
# - 写一份代码，有什么设备就用什么设备：搬模型，再建优化器，再一批批地搬数据；
# - 没有 GPU，也能用 `meta` 查出忘了搬的张量和多余的等待；
# - 算出搬一次要多少字节，用 `uint8`、锁页内存和大的批量省时间；
# - 给异步的设备计时：空跑、同步、取中位数；
# - 说清 `float16` 和 `bfloat16` 各丢了什么，用 `autocast` 做混合精度训练，用损失缩放防止下溢。
#
# 接下来读：PyTorch 官方的 [CUDA 语义](https://pytorch.org/docs/stable/notes/cuda.html)、[自动混合精度](https://pytorch.org/docs/stable/amp.html)和 [`torch.accelerator`](https://pytorch.org/docs/stable/accelerator.html)，还有[性能调优指南](https://pytorch.org/tutorials/recipes/recipes/tuning_guide.html)。

# %% [markdown] tags=["en"]
# ## What you can do now
#
# - write one program that uses whatever device there is: move the model, make the optimiser, then move the data batch by batch;
# - find tensors that were left behind, and waits that nobody needs, with `meta` and without a GPU;
# - work out how many bytes a move takes, and save time with `uint8`, pinned memory and large batches;
# - time a device that works asynchronously: warm up, synchronise, take the median;
# - say what `float16` and `bfloat16` each lose, train in mixed precision with `autocast`, and keep gradients from underflowing by scaling the loss.
#
# Read on in PyTorch's documentation: [CUDA semantics](https://pytorch.org/docs/stable/notes/cuda.html), [automatic mixed precision](https://pytorch.org/docs/stable/amp.html), [`torch.accelerator`](https://pytorch.org/docs/stable/accelerator.html) and the [performance tuning guide](https://pytorch.org/tutorials/recipes/recipes/tuning_guide.html).

# %% [markdown] tags=["zh", "exercise"]
# ## 成绩
#
# 运行下面的单元格，看看每道练习的情况。没有通过的，回去再试；改完答案要重新运行检查单元格。

# %% [markdown] tags=["en", "exercise"]
# ## Your points
#
# Run the cell below to see how each exercise stands. Go back to those that have not passed; after changing an answer, run its check again.

# %% tags=["exercise"]
checks.summary("06_gpu")
