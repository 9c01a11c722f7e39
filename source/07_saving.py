# ---
# jupyter:
#   jupytext:
#     formats: 07_saving//ipynb,py:percent
#     notebook_metadata_filter: jupytext,-jupytext.text_representation,-kernelspec
# ---

# %% [markdown] tags=["zh"]
# # 7 模型保存与加载
#
# 网络学到的东西都在内存里，内核一停就没有了。这一节把它们写进文件，再读回来：该存什么，怎样存才不会丢，怎样读才安全；训练中断以后怎样接着练，和没有断过一模一样；最后让模型离开它的源代码，到别处去运行。
#
# - **怎么学**：从上往下读，每个代码单元格都运行一下（`Shift`+`Enter`），改一改再运行。
# - **怎么练**：练习在讲解后面。写答案，运行，再运行下面的检查单元格：绿色的一行表示通过，红色的会告诉你错在哪里。
# - **多少**：10 道练习，共 31 分，大约 3 小时。

# %% [markdown] tags=["en"]
# # 7 Saving and loading models
#
# What a network has learned is in memory, and is lost when the kernel stops. In this section you write it to a file and read it back: what to save, how to save it so that nothing gets lost, how to load it safely; how to go on with an interrupted training exactly as if it had never stopped; and how to run a model in a place that doesn't have its source code.
#
# - **How to read**: from top to bottom, running every code cell (`Shift`+`Enter`). Change something and run it again.
# - **How to practise**: exercises follow the explanations. Write your answer, run it, then run the check below it: a green line means it passed, a red one tells you what is wrong.
# - **How much**: 10 exercises, 31 points, about 3 hours.

# %%
import copy
import os
import pickle
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import matplotlib.pyplot as plt
import torch
from torch import nn
from torchvision import datasets

from pytorch_learning import checks, plots
from pytorch_learning.checks.files import save_as_on
from pytorch_learning.data import data_root

# %% tags=["zh"]
checks.language("zh")

# %% tags=["en"]
checks.language("en")

# %% [markdown] tags=["zh"]
# ## 7.1 状态字典：要保存的是什么
#
# 先要有一个值得保存的网络。下面这个有批归一化和 dropout，用 6 000 张图片练两个轮次；另外 2 000 张它没有见过，用来量准确率。

# %% [markdown] tags=["en"]
# ## 7.1 The state dict: what there is to save
#
# First we need a network worth saving. This one has batch norm and dropout, and trains for two epochs on 6,000 pictures; another 2,000, which it never sees, are there to measure its accuracy.


# %%
class Network(nn.Module):
    def __init__(self, hidden, classes=10):
        super().__init__()
        self.body = nn.Sequential(
            nn.Flatten(), nn.Linear(28 * 28, hidden), nn.BatchNorm1d(hidden), nn.ReLU(), nn.Dropout(0.2)
        )
        self.head = nn.Linear(hidden, classes)

    def forward(self, x):
        return self.head(self.body(x))


def accuracy(model):
    model.eval()
    with torch.no_grad():
        return (model(unseen).argmax(1) == unseen_labels).float().mean().item()


# %% tags=["nbval-ignore-output"]
root = data_root()
training_data = datasets.FashionMNIST(root=root, train=True, download=True)
images = training_data.data[:6000, None] / 255
labels = training_data.targets[:6000]
unseen = training_data.data[6000:8000, None] / 255
unseen_labels = training_data.targets[6000:8000]

# %% tags=["nbval-ignore-output"]
torch.manual_seed(0)
model = Network(64)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
print(f"before: {accuracy(model):.0%}")
model.train()
for _ in range(2):
    for batch in torch.randperm(len(images)).split(64):
        loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
print(f"after:  {accuracy(model):.0%}")

# %% [markdown] tags=["zh"]
# 网络由两样东西组成：**结构**写在类的代码里，**数**在参数和缓冲区里。训练改变的只是数，所以要保存的也是数。`state_dict()` 把它们全都交出来，叫做**状态字典**（state dict）：名字对应张量，名字就是 4.4 讲过的那一串属性名。

# %% [markdown] tags=["en"]
# A network is made of two things: its **structure**, which is in the code of the class, and its **numbers**, which are in parameters and buffers. Training changes nothing but the numbers, so they are what you save. `state_dict()` hands over all of them, in a **state dict**: a tensor for each name, where a name is the path of attributes that you know from 4.4.

# %%
for name, tensor in model.state_dict().items():
    print(f"{name:<26} {tuple(tensor.shape)!s:<10} {tensor.dtype}")

# %% [markdown] tags=["zh"]
# 批归一化的缓冲区也在里面：它在评估时用的均值和方差是训练时记下来的，丢了就不是同一个网络了。**不**在里面的有：
#
# - 结构：有哪些层，`hidden` 是多少，dropout 的概率是多少；
# - 训练模式还是评估模式，参数有没有冻结；
# - 梯度，以及优化器的一切。

# %% [markdown] tags=["en"]
# The buffers of batch norm are there too: the mean and variance it uses in eval mode were noted during training, and without them it would not be the same network. What is **not** there:
#
# - the structure: which layers there are, how large `hidden` is, the probability of dropout;
# - whether the model is in train or eval mode, and which parameters are frozen;
# - gradients, and everything about the optimiser.

# %% [markdown] tags=["zh"]
# ### 状态字典不是拷贝
#
# `state_dict()` 里的张量和模型的参数用着**同一块内存**。接着训练，早先拿到的状态字典也跟着变。字典自己的 `copy()` 也不管用：它复制的是字典，不是里面的张量。要留下此刻的样子，就用 `copy.deepcopy`。

# %% [markdown] tags=["en"]
# ### A state dict is not a copy
#
# The tensors in `state_dict()` use **the same memory** as the model's parameters. Train on, and the state dict that you took earlier changes as well. A dict's own `copy()` doesn't help: it copies the dict and not the tensors in it. To keep things as they are now, use `copy.deepcopy`.

# %%
layer = nn.Linear(3, 1, bias=False)
with torch.no_grad():
    layer.weight.copy_(torch.tensor([[1.0, 2.0, 3.0]]))

state = layer.state_dict()
shallow = layer.state_dict().copy()
deep = copy.deepcopy(layer.state_dict())

with torch.no_grad():
    layer.weight.mul_(10)
print("state:  ", state["weight"])
print("shallow:", shallow["weight"])
print("deep:   ", deep["weight"])

# %%
plots.shared_memory(
    weight=layer.weight.detach(), state=state["weight"], shallow=shallow["weight"], deep=deep["weight"]
)

# %% [markdown] tags=["zh"]
# `load_state_dict` 反过来，把数**复制**进模型已有的参数里，所以读进去以后，模型和字典互不相干。

# %% [markdown] tags=["en"]
# `load_state_dict` goes the other way and **copies** the numbers into the parameters that the model has. So after loading, the model and the dict have nothing to do with each other.

# %%
layer.load_state_dict(deep)
print(layer.weight.detach())
with torch.no_grad():
    layer.weight.zero_()
print(deep["weight"])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 7.1a · 拍一张快照（2 分）
#
# 写函数 `snapshot(model)`：返回模型此刻的全部状态，键和 `model.state_dict()` 的一样，可以交给 `load_state_dict`。以后模型再怎么训练，快照都不变；改动快照，模型也不变。
#
# 形状、dtype、设备都不变；和 `state_dict()` 里的一样，快照里的张量不需要梯度。模型保持原样。
#
# 例：`snapshot(nn.Linear(2, 1)).keys()` 里有 `'weight'` 和 `'bias'`。
#
# <details><summary>提示 1</summary>哪些东西还和模型共用内存？</details>
# <details><summary>提示 2</summary>缓冲区也是状态：从 <code>state_dict()</code> 出发，就不会漏掉。</details>
# <details><summary>提示 3</summary>要么深拷贝整个字典，要么对每个张量 <code>clone()</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 7.1a · Take a snapshot (2 points)
#
# Write `snapshot(model)`: return all of the model's state as it is now, under the same keys as `model.state_dict()`, fit for `load_state_dict`. However the model is trained later, the snapshot stays; and changing the snapshot leaves the model as it is.
#
# Shapes, dtypes and devices stay the same and, as in `state_dict()`, the snapshot's tensors require no gradient. Don't change the model.
#
# Example: the keys of `snapshot(nn.Linear(2, 1))` are `'weight'` and `'bias'`.
#
# <details><summary>Hint 1</summary>What still shares memory with the model?</details>
# <details><summary>Hint 2</summary>Buffers are state too: start from <code>state_dict()</code> and none gets lost.</details>
# <details><summary>Hint 3</summary>Copy the whole dict deeply, or <code>clone()</code> each tensor.</details>


# %% nbgrader={"grade": false, "grade_id": "snapshot", "locked": false, "schema_version": 3, "solution": true, "task": false}
def snapshot(model: nn.Module) -> dict[str, torch.Tensor]:
    """model -> its state, in memory of its own"""
    ### BEGIN SOLUTION
    return copy.deepcopy(model.state_dict())
    ### END SOLUTION


# %% tags=["exercise"]
snapshot(nn.Linear(2, 1)).keys()

# %% nbgrader={"grade": true, "grade_id": "snapshot-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("snapshot"):

    def check_snapshot(network, name):
        name = f"snapshot({name})" + checks.say("：", ": ")
        wanted = {key: value.detach().clone() for key, value in network.state_dict().items()}
        gradients = [p.requires_grad for p in network.parameters()]
        mode = network.training
        taken = snapshot(network)
        if taken is None:
            why = checks.say("：是不是忘了 `return`？", ": did you forget `return`?")
        elif isinstance(taken, nn.Module):
            why = checks.say("：要的是它的 `state_dict()`", ": what is wanted is its `state_dict()`")
        elif callable(taken):
            why = checks.say(
                "：方法名后面漏了括号 `()`", ": the parentheses `()` after a method's name are missing"
            )
        else:
            why = ""
        checks.true(
            isinstance(taken, dict),
            name
            + checks.say(
                f"要一个字典，得到 {type(taken).__name__}",
                f"a dict is wanted, {type(taken).__name__} came",
            )
            + why,
        )
        missing = [key for key in wanted if key not in taken]
        extra = [key for key in taken if key not in wanted]
        checks.true(
            not missing,
            name
            + checks.say(
                f"少了 {missing}：缓冲区也是状态，从 `state_dict()` 出发就不会漏",
                f"{missing} is missing: buffers are state too, start from `state_dict()` and none gets lost",
            ),
        )
        checks.true(
            not extra,
            name
            + checks.say(
                f"多了 {extra}：键要和 `model.state_dict()` 的一样",
                f"{extra} should not be there: the keys are those of `model.state_dict()`",
            ),
        )
        for key, value in wanted.items():
            checks.equal(taken[key], value, name=f"{name}[{key!r}]")
            checks.true(
                not taken[key].requires_grad,
                name
                + checks.say(
                    f"[{key!r}] 还需要梯度，连着计算图：用 `state_dict()` 里的张量，或先 `detach()`",
                    f"[{key!r}] requires a gradient and hangs on to the graph: take the tensors of `state_dict()`, "
                    "or `detach()` them first",
                ),
            )
        checks.true(
            network.training == mode and [p.requires_grad for p in network.parameters()] == gradients,
            name + checks.say("模型被改动了", "the model was changed"),
        )
        if any(value.device.type == "meta" for value in wanted.values()):
            return
        # What training does to every tensor, and what somebody may do to the snapshot.
        with torch.no_grad():
            for value in network.state_dict().values():
                value.add_(1)
        for key, value in wanted.items():
            checks.true(
                torch.equal(taken[key], value),
                name
                + checks.say(
                    f"模型变了以后，快照里的 [{key!r}] 也变了：它们还共用内存，张量也要复制",
                    f"when the model changes, the snapshot's [{key!r}] changes too: they share memory, so copy "
                    "the tensors as well",
                ),
            )
        later = copy.deepcopy(network.state_dict())
        for value in taken.values():
            value.zero_()
        checks.true(
            all(torch.equal(later[key], value) for key, value in network.state_dict().items()),
            name + checks.say("改动快照，模型也变了", "changing the snapshot changed the model"),
        )

    check_snapshot(nn.Linear(2, 1), "Linear")
    check_snapshot(nn.BatchNorm1d(2), "BatchNorm1d")
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        deep_one = nn.Sequential(nn.Linear(3, 4), nn.Sequential(nn.BatchNorm1d(4), nn.Linear(4, 2))).eval()
        deep_one[1][1].weight.requires_grad_(False)
        check_snapshot(deep_one, "model")
        check_snapshot(nn.Linear(3, 2, dtype=torch.bfloat16), "model")
        check_snapshot(nn.ReLU(), "model")
        check_snapshot(nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2)).to("meta"), "model")
        temporary = nn.Linear(2, 2)
        temporary.register_buffer("scratch", torch.ones(2), persistent=False)
        check_snapshot(temporary, "model")
        trained = nn.Linear(2, 1)
        trained(torch.ones(2)).backward()
        check_snapshot(trained, "model")
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 留下最好的那一个
#
# 训练不是越久越好：验证集上的准确率升上去，晃一晃，有时又降下来。所以每个轮次之后都量一量，只要比从前都好，就拍一张快照；训练结束，再回到最好的那一张。忘了复制是这里最常见的错误：保存下来的「最好」跟着训练走，最后等于最后一个轮次。

# %% [markdown] tags=["en"]
# ### Keep the best
#
# Longer training is not always better: accuracy on the validation set goes up, wavers, and sometimes comes down again. So measure after every epoch, and whenever it is better than ever before, take a snapshot; when training is over, go back to the best. The commonest mistake here is not to copy: the “best” that you kept then moves along with training and ends up as the last epoch.

# %%
torch.manual_seed(0)
walker = nn.Linear(1, 1, bias=False)
best_score, forgot, copied = 0.0, None, None
for score in [0.5, 0.9, 0.7]:
    with torch.no_grad():
        walker.weight.fill_(score)
    if score > best_score:
        best_score = score
        forgot = walker.state_dict()
        copied = copy.deepcopy(walker.state_dict())
print(
    f"best score {best_score}, not copied {forgot['weight'].item():.1f}, copied {copied['weight'].item():.1f}"
)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 7.1b · 最好的一次（3 分）
#
# 写类 `Best`，训练时用它记住最好的状态：
#
# - `Best()`：属性 `score` 是到现在为止最好的分数，一开始是负无穷 `float("-inf")`。
# - `update(model, score)`：`score`（`float`，越大越好，可以是负的）比从前都高，就记下分数和模型此刻的状态，返回 `True`；否则什么也不做，返回 `False`。一样高的，留先来的那一个。
# - `restore(model)`：把记下的状态装回模型里（也可以是同样结构的另一个模型）。装回去以后再训练，不能影响记下的状态。只会在至少记下一次之后才调用。
#
# 例：分数依次是 0.5、0.9、0.7，`update` 依次返回 `True`、`True`、`False`，`score` 最后是 `0.9`。
#
# <details><summary>提示 1</summary>三样东西要存成属性或算出来：最好的分数、那时的状态、这次是不是更好。</details>
# <details><summary>提示 2</summary><code>state_dict()</code> 会跟着模型变，要先复制。</details>
# <details><summary>提示 3</summary><code>load_state_dict</code> 会复制进去，不用自己再复制。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 7.1b · The best so far (3 points)
#
# Write the class `Best`, which remembers the best state during training:
#
# - `Best()`: its attribute `score` is the best score so far, minus infinity, `float("-inf")`, to begin with.
# - `update(model, score)`: if `score` (a `float`; higher is better, and it may be negative) is higher than all before, note it and the model's state as it is now, and return `True`. Otherwise do nothing and return `False`. Of equal scores, keep the first.
# - `restore(model)`: put the state that you noted back into the model (or into another one of the same structure). Training it further must not affect what you noted. It is only called when there is something to restore.
#
# Example: with the scores 0.5, 0.9 and 0.7, `update` returns `True`, `True` and `False`, and `score` ends as `0.9`.
#
# <details><summary>Hint 1</summary>Three things to keep or to work out: the best score, the state it came from, and whether this one is better.</details>
# <details><summary>Hint 2</summary><code>state_dict()</code> changes along with the model, so copy it first.</details>
# <details><summary>Hint 3</summary><code>load_state_dict</code> copies, so there you need no copy of your own.</details>


# %% nbgrader={"grade": false, "grade_id": "Best", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Best:
    """Remembers the model's state at its best score."""

    def __init__(self) -> None:
        """Nothing noted yet."""
        ### BEGIN SOLUTION
        self.score = float("-inf")
        self.state = None
        ### END SOLUTION

    def update(self, model: nn.Module, score: float) -> bool:
        """Note score and state if the score is higher than all before; whether it is."""
        ### BEGIN SOLUTION
        if score > self.score:
            self.score = score
            self.state = copy.deepcopy(model.state_dict())
            return True
        return False
        ### END SOLUTION

    def restore(self, model: nn.Module) -> None:
        """Put the noted state into the model."""
        ### BEGIN SOLUTION
        model.load_state_dict(self.state)
        ### END SOLUTION


# %% tags=["exercise"]
keeper = Best()
[keeper.update(nn.Linear(2, 1), score) for score in [0.5, 0.9, 0.7]]

# %% nbgrader={"grade": true, "grade_id": "Best-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("Best"):
    mark = checks.say("：", ": ")
    unlike = checks.say("装回去的不是最好的那一次", "what came back is not the state of the best score")
    along = checks.say(
        "装回去的是最后的状态：记下的状态跟着模型变了，要先复制（`copy.deepcopy` 或逐个 `clone`）",
        "what came back is the last state: what you noted moved along with the model, so copy it first "
        "(`copy.deepcopy`, or `clone` each tensor)",
    )

    idle = checks.say(
        "`restore` 没有改动模型：`model = …` 只是换个名字，要用 `load_state_dict` 装进去",
        "`restore` did not change the model: `model = …` only gives the name to something else; "
        "`load_state_dict` puts the numbers in",
    )

    def shake(network):
        with torch.no_grad():
            for value in network.state_dict().values():
                value.copy_(torch.randn(value.shape)) if value.is_floating_point() else value.add_(1)

    def restores_nothing(best, other):
        # In the model that was trained, a state that moved along looks the same as one that was not put back.
        before = copy.deepcopy(other.state_dict())
        best.restore(other)
        return all(torch.equal(before[key], value) for key, value in other.state_dict().items())

    def check_best(make, scores):
        name = "Best, " + checks.say("分数依次是 ", "scores ") + ", ".join(map(str, scores))
        best, network = Best(), make()
        checks.true(
            best.score == float("-inf"),
            checks.say(
                'Best()：`score` 一开始应是 `float("-inf")`，分数可以是负的',
                'Best(): `score` begins as `float("-inf")`, since scores may be negative',
            ),
        )
        highest, wanted = float("-inf"), None
        for position, score in enumerate(scores):
            shake(network)
            now = copy.deepcopy(network.state_dict())
            better = best.update(network, score)
            what = name + checks.say(f"，第 {position + 1} 次 `update`", f", `update` number {position + 1}")
            equal_score = checks.say(
                "一样高的不算更好：用 `>`", "an equal score is no better: compare with `>`"
            )
            checks.equal(better, score > highest, name=what, hint=equal_score if score == highest else "")
            if score > highest:
                highest, wanted = score, now
            checks.true(
                bool(best.score == highest),
                what + mark + checks.say("`score` 不是最好的分数", "`score` is not the best score so far"),
            )
            checks.true(
                all(torch.equal(now[key], value) for key, value in network.state_dict().items()),
                what + mark + checks.say("`update` 改动了模型", "`update` changed the model"),
            )
        shake(network)
        last = copy.deepcopy(network.state_dict())
        for again in range(3):
            target = network if again != 1 else make()
            parameters = [id(p) for p in target.parameters()]
            best.restore(target)
            got = target.state_dict()
            same_as_last = all(torch.equal(last[key], value) for key, value in got.items())
            if again == 2:
                advice = checks.say(
                    "第二次装回去，就不对了：装回去以后再训练，记下的状态也变了（`assign=True` 会共用内存）",
                    "restored a second time, it is wrong: what you noted changed along when the restored model was "
                    "trained (`assign=True` shares memory)",
                )
            elif same_as_last:
                advice = idle if restores_nothing(best, make()) else along
            else:
                advice = unlike
            checks.true(
                all(torch.equal(wanted[key], value) for key, value in got.items()),
                f"{name}, restore" + mark + advice,
            )
            checks.true(
                parameters == [id(p) for p in target.parameters()],
                f"{name}, restore"
                + mark
                + checks.say(
                    "模型的参数换成了别的张量，优化器就管不到了：用 `load_state_dict` 复制进去，不要 `assign=True`",
                    "the model got other tensors as parameters, which its optimiser knows nothing of: copy into "
                    "them with `load_state_dict`, without `assign=True`",
                ),
            )
            shake(target)

    check_best(lambda: nn.Linear(2, 1), [0.5, 0.9, 0.7])
    first, second, network = Best(), Best(), nn.Linear(2, 1)
    first.update(network, 5.0)
    checks.true(
        second.update(network, 1.0) is True and first.score == 5.0 and second.score == 1.0,
        checks.say(
            "两个 `Best()` 互相影响：属性要在 `__init__` 里赋给 `self`",
            "two `Best()` affect each other: assign attributes to `self` in `__init__`",
        ),
    )
    check_best(lambda: nn.Linear(2, 1), [-3.0, -1.0, -1.0, -2.0])
    ### BEGIN HIDDEN TESTS
    with checks.hidden():

        def network_with_norm():
            return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2)).eval()

        check_best(network_with_norm, [0.1])
        check_best(network_with_norm, [0.4, 0.4, 0.4])
        check_best(network_with_norm, [3.0, 1.0, 2.0, 0.5])
        check_best(network_with_norm, [-9.0, -8.0, -9.5, -7.0, -7.5])
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 7.2 存进文件，再读回来
#
# `torch.save` 把状态字典写进文件，`torch.load` 读回来。读的时候要先有一个**结构相同**的网络，再把数装进去¹：
#
# <small>¹ 原文写 `torch.load(PATH)`，没有 `weights_only`。从 PyTorch 2.6 起它的默认值是 `True`，从前是 `False`，读文件时会执行里面的代码（见 7.3）；写明 `weights_only=True`，在旧版本里也安全。原文的 `Net` 没有定义，文件存在当前文件夹里；这里存在临时文件夹里，内核停下时自动删除。后缀是习惯，`.pt` 和 `.pth` 都有人用，`.pt` 更好：`.pth` 在 Python 里另有含义。</small>

# %% [markdown] tags=["en"]
# ## 7.2 Into a file and back
#
# `torch.save` writes the state dict to a file, `torch.load` reads it back. To load it you first need a network of **the same structure**, into which the numbers go¹:
#
# <small>¹ The original document writes `torch.load(PATH)` without `weights_only`. Since PyTorch 2.6 its default is `True`; before, it was `False`, and loading a file would run the code in it (see 7.3). Spell out `weights_only=True` and you are safe with older versions too. Its `Net` is defined nowhere, and its file goes into the current folder; here files go into a temporary folder, which is deleted when the kernel stops. The suffix is a habit. You will see `.pt` and `.pth`; `.pt` is better, because `.pth` means something else to Python.</small>

# %%
temporary = tempfile.TemporaryDirectory()
folder = Path(temporary.name)

torch.save(model.state_dict(), folder / "model.pt")

torch.manual_seed(1)
loaded = Network(64)
state = torch.load(folder / "model.pt", weights_only=True)
print(loaded.load_state_dict(state))
loaded.eval()
model.eval()
print("same output:", torch.equal(loaded(unseen), model(unseen)))

# %% [markdown] tags=["zh"]
# 最后的 `eval()` 不能忘：新造的网络在训练模式下，dropout 还在扔数，批归一化还在用这一批的均值，还会改动刚读进来的缓冲区。

# %% [markdown] tags=["en"]
# Don't forget `eval()` at the end: a new network is in train mode, where dropout drops, and batch norm uses the batch's own mean and even changes the buffers that you have just loaded.

# %%
loaded.train()
print("same output:", torch.equal(loaded(unseen), model(unseen)))
print("same buffer:", torch.equal(loaded.body[2].running_mean, model.body[2].running_mean))

# %% [markdown] tags=["zh"]
# 结构对不上，`load_state_dict` 会报错，一条一条说清楚。错误来得早是好事：少读进一层，剩下的就是随机数。

# %% [markdown] tags=["en"]
# If the structure is another one, `load_state_dict` raises an error that lists everything that doesn't fit. An early error is a good thing: a layer that was not loaded would keep its random numbers.

# %%
try:
    Network(32).load_state_dict(state)
except RuntimeError as error:
    print("\n".join(str(error).splitlines()[:3]))
try:
    nn.Sequential(nn.Linear(28 * 28, 64)).load_state_dict(state)
except RuntimeError as error:
    print(str(error).splitlines()[1])

# %% [markdown] tags=["zh"]
# ### 文件里有什么
#
# 存下来的是一个 zip 压缩包（没有压缩）：`data.pkl` 记着名字、形状和 dtype，`data/0`、`data/1`…… 是一块块的数，原样的字节。所以文件有多大，先数一数有多少个数就知道了：`float32` 每个 4 字节，`int64` 每个 8 字节。

# %% [markdown] tags=["en"]
# ### What is in the file
#
# It is a zip archive (not compressed): `data.pkl` holds names, shapes and dtypes, and `data/0`, `data/1` … are blocks of numbers, just their bytes. So to know how large a file will be, count the numbers: 4 bytes for each in `float32`, 8 in `int64`.

# %%
with zipfile.ZipFile(folder / "model.pt") as archive:
    for entry in archive.infolist():
        if "/data" in entry.filename:
            print(f"{entry.filename:<18} {entry.file_size:>7} bytes")
print("64 · 784 · 4 =", 64 * 784 * 4)

# %% [markdown] tags=["zh"]
# 一块就是一个**存储**（storage），即张量的数所在的那段内存（1.4.6 的图里画的那一条）。`torch.save` 写的总是**整个**存储，每个存储只写一次。由此有两件事：
#
# - 共用参数的两层，文件里只有一份，读回来也还是共用。
# - 切片只是大张量的一个视图，存它就把整个大张量都存了。只要这一小片，就先 `clone()`。

# %% [markdown] tags=["en"]
# Each block is one **storage**: the piece of memory in which a tensor's numbers lie (the strip in the pictures of 1.4.6). `torch.save` always writes the **whole** storage, and each storage once. Two things follow:
#
# - Two layers that share a parameter need only one block, and still share it when they are loaded.
# - A slice is only a view of a large tensor, and saving it saves all of the large one. If the slice is all you want, `clone()` it first.

# %%
big = torch.rand(1000, 100)
for name, tensor in [("big", big), ("big[0]", big[0]), ("big[0].clone()", big[0].clone())]:
    torch.save(tensor, folder / "tensor.pt")
    with zipfile.ZipFile(folder / "tensor.pt") as archive:
        size = archive.getinfo("tensor/data/0").file_size
    print(f"{name:<15} {tensor.numel():>6} numbers, in the file {size:>6} bytes")

storage = big[0].untyped_storage()
print("the storage of big[0]:", storage.nbytes(), "bytes")
print("the same storage as big:", storage.data_ptr() == big.untyped_storage().data_ptr())

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 7.2 · 文件会有多大（3 分）
#
# 写函数 `file_bytes(state)`：`torch.save(state, …)` 会写进多少字节的数（`int`）？`state` 是字典，名字对应 CPU 上的张量。只算数所在的那些块（`data/0`、`data/1`……），不算文件里别的东西。
#
# 例：`file_bytes({"a": torch.zeros(3)})` 得到 `12`；`x = torch.zeros(10)` 时，`file_bytes({"a": x[:2], "b": x})` 得到 `40`。
#
# <details><summary>提示 1</summary>写的是整个存储，每个存储一次：两个张量用的是不是同一个存储，怎么看出来？</details>
# <details><summary>提示 2</summary>一个字典：存储的 <code>data_ptr()</code> 对应它的字节数，同一个存储只占一格。</details>
# <details><summary>提示 3</summary><code>tensor.untyped_storage()</code> 有 <code>nbytes()</code> 和 <code>data_ptr()</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 7.2 · How large will the file be? (3 points)
#
# Write `file_bytes(state)`: how many bytes of numbers will `torch.save(state, …)` write (an `int`)? `state` is a dict with a CPU tensor for each name. Count only the blocks of numbers (`data/0`, `data/1` …), not the rest of the file.
#
# Example: `file_bytes({"a": torch.zeros(3)})` gives `12`; with `x = torch.zeros(10)`, `file_bytes({"a": x[:2], "b": x})` gives `40`.
#
# <details><summary>Hint 1</summary>Whole storages are written, each of them once. How can you tell whether two tensors use the same one?</details>
# <details><summary>Hint 2</summary>A dict from a storage's <code>data_ptr()</code> to its number of bytes has one place for each storage.</details>
# <details><summary>Hint 3</summary><code>tensor.untyped_storage()</code> has <code>nbytes()</code> and <code>data_ptr()</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "file_bytes", "locked": false, "schema_version": 3, "solution": true, "task": false}
def file_bytes(state: dict[str, torch.Tensor]) -> int:
    """state -> bytes of all its storages, each counted once"""
    ### BEGIN SOLUTION
    storages = {}
    for tensor in state.values():
        storage = tensor.untyped_storage()
        storages[storage.data_ptr()] = storage.nbytes()
    return sum(storages.values())
    ### END SOLUTION


# %% tags=["exercise"]
file_bytes({"a": torch.zeros(3)})

# %% nbgrader={"grade": true, "grade_id": "file_bytes-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import contextlib
import io
import zipfile

import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("file_bytes"):

    def in_the_file(state):
        # What torch.save really writes.
        written = io.BytesIO()
        torch.save(state, written)
        with zipfile.ZipFile(written) as archive:
            return sum(e.file_size for e in archive.infolist() if "/data/" in e.filename)

    def once(state):
        return {t.untyped_storage().data_ptr(): t for t in state.values()}.values()

    twice = checks.say(
        "共用的存储算了不止一次：每个存储只写一次",
        "a storage that several tensors share was counted more than once: it is written once",
    )
    views = checks.say(
        "切片会把整个存储都带上：要算存储的字节数，不是张量自己的",
        "a slice brings its whole storage along: count the bytes of the storage, not the tensor's own",
    )
    four = checks.say(
        "不是每个数都占 4 字节：看 dtype", "not every number takes 4 bytes: it depends on the dtype"
    )
    whole = checks.say(
        "这是整个文件的大小吗？只算数所在的那些块",
        "is that the size of the whole file? Count only the blocks of numbers",
    )
    mistakes = [
        (lambda state: sum(t.untyped_storage().nbytes() for t in state.values()), twice),
        (
            lambda state: sum(t.untyped_storage().nbytes() for t in list(state.values())[:1]),
            checks.say(
                "只算了第一个：`return` 是不是写在循环里面了？",
                "only the first was counted: is the `return` inside the loop?",
            ),
        ),
        (lambda state: sum(t.numel() * t.element_size() for t in state.values()), views),
        (lambda state: sum(t.numel() * t.element_size() for t in once(state)), views),
        (lambda state: 4 * sum(t.numel() for t in state.values()), four),
        (lambda state: sum(4 * t.untyped_storage().size() // t.element_size() for t in once(state)), four),
        (
            lambda state: sum(t.numel() for t in state.values()),
            checks.say(
                "这是数的个数，还要乘以每个数的字节数",
                "that is how many numbers there are: each takes several bytes",
            ),
        ),
        (
            lambda state: sum({t.untyped_storage().nbytes() for t in state.values()}),
            checks.say(
                "一样大的两个存储只算了一个：区分存储要用 `data_ptr()`，不是大小",
                "of two storages of the same size only one was counted: tell them apart by `data_ptr()`, not by size",
            ),
        ),
    ]

    def check_bytes(state):
        # Sharing is what matters, so nothing may copy the state on the way.
        wrong = [(specification(state), message) for specification, message in mistakes]
        expected = in_the_file(state)
        with contextlib.suppress(Exception):
            # How large a whole file is depends on its name as well, so there is no one wrong number.
            got = file_bytes(state)
            if got > expected + 500:
                wrong.append((got, whole))
        checks.returns(file_bytes, state, expected=expected, mistakes=wrong)

    wide = torch.arange(10.0)
    tied = nn.Sequential(nn.Linear(5, 5), nn.ReLU(), nn.Linear(5, 5))
    tied[2].weight = tied[0].weight
    check_bytes({"a": torch.zeros(3), "b": torch.zeros(3), "c": torch.zeros(1)})
    check_bytes({"a": torch.zeros(3, dtype=torch.float64), "b": torch.tensor(1)})
    check_bytes({"a": wide[:2]})
    check_bytes({"a": wide[:2], "b": wide})
    check_bytes(tied.state_dict())
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        square = torch.rand(6, 6)
        halves = torch.zeros(8, dtype=torch.float16)
        check_bytes({})
        check_bytes(nn.BatchNorm1d(7).state_dict())
        check_bytes({"row": square[3], "column": square[:, 2], "turned": square.T, "other": torch.rand(6, 6)})
        check_bytes({"left": halves[:4], "right": halves[4:], "flag": torch.tensor(True)})
        check_bytes({"wide": torch.zeros(1).expand(1000)})
        check_bytes({"turned": square.T, "rows": square[1:]})
        check_bytes({"copy": square[0].clone(), "empty": torch.zeros(0)})
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 7.3 文件里会藏着代码
#
# Python 的 pickle 能把几乎任何对象存成文件。它存的是**做法**：「调用这个函数，给它这些参数」；读的时候就照做。函数可以是任何一个，包括删文件的。对象的 `__reduce__` 说明要调用什么、用什么参数；下面的恶作剧只是打印一行字：

# %% [markdown] tags=["en"]
# ## 7.3 A file can hide code
#
# Python's pickle can write almost any object to a file. What it writes are **instructions**: “call this function with these arguments”; and reading means doing it. The function can be any, one that deletes your files too. An object's `__reduce__` says what to call with which arguments; this prank only prints a line:


# %%
class Prank:
    def __reduce__(self):
        return print, ("This line comes from the file!",)


torch.save({"weights": model.state_dict(), "extra": Prank()}, folder / "prank.pt")
nothing = torch.load(folder / "prank.pt", weights_only=False)
print(type(nothing["extra"]))

# %% [markdown] tags=["zh"]
# 你只是「打开」了一个文件，里面的代码就已经执行了，来不及先看一看。网上下载来的权重，很多人就是这样打开的。
#
# `weights_only=True` 用的是 PyTorch 自己的、受限的读法：只认张量、数、字符串、列表、元组、字典这一类东西，遇到别的函数就抛出 `pickle.UnpicklingError`，什么也不执行。想知道文件要调用什么，有一个只看不做的办法：

# %% [markdown] tags=["en"]
# All you did was to “open” a file, and its code had run before you could look at it. And that is just how a lot of people open weights from the internet.
#
# `weights_only=True` reads in PyTorch's own, restricted way: it knows tensors, numbers, strings, lists, tuples, dicts and the like, and at any other function it raises `pickle.UnpicklingError` and runs nothing. There is also a way to see what a file wants to call, without calling it:

# %%
try:
    torch.load(folder / "prank.pt", weights_only=True)
except pickle.UnpicklingError as error:
    print(type(error).__name__)
print(torch.serialization.get_unsafe_globals_in_checkpoint(folder / "prank.pt"))

# %% [markdown] tags=["zh"]
# 所以：**永远**用 `weights_only=True`（PyTorch 2.6 以来的默认值）。报错信息会建议改成 `False`，只有文件是你自己写的才可以照做。
#
# 同样的道理，不要把整个模型对象 `torch.save(model, …)`。它存的不是结构，而是类的**名字**：要用 `weights_only=False` 才能读，还要在读的地方有同名的类，类改了就读不回来。存状态字典就没有这些麻烦。

# %% [markdown] tags=["en"]
# So **always** use `weights_only=True` (the default since PyTorch 2.6). The error's message suggests `False`; follow it only if you wrote the file yourself.
#
# For the same reason don't save whole model objects, as in `torch.save(model, …)`. What goes into the file is not the structure but the **name** of the class: to load it you need `weights_only=False`, a class of that name in the right place, and when the class has changed it does not load at all. A state dict has none of these troubles.

# %%
torch.save(model, folder / "whole.pt")
for name in sorted(torch.serialization.get_unsafe_globals_in_checkpoint(folder / "whole.pt")):
    print(name)

# %% [markdown] tags=["zh"]
# 除了 `.pt`，常见的还有 `.safetensors`：开头一段 JSON，后面全是数的字节，根本没有地方放代码（要装 `safetensors` 这个包）。Hugging Face 上的模型大多用它。

# %% [markdown] tags=["en"]
# Besides `.pt` you will meet `.safetensors`: some JSON at the beginning, and after it nothing but the bytes of numbers, so that there is no room for code (it needs the package `safetensors`). Most models on Hugging Face use it.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 7.3 · 只读数，不执行（2 分）
#
# 写函数 `read_weights(path)`：读文件，返回里面的东西。文件要执行代码才能读的话，抛出 `ValueError`，什么也不执行。没有这个文件时，照 `torch.load` 的样子抛出 `FileNotFoundError`。`path` 是 `str` 或 `Path`。
#
# 例：在 `torch.save({"a": torch.ones(2)}, path)` 之后，`read_weights(path)` 得到 `{'a': tensor([1., 1.])}`。
#
# <details><summary>提示 1</summary>遇到不该执行的东西，<code>torch.load</code> 抛出哪一种异常？</details>
# <details><summary>提示 2</summary>只捕获这一种，别的让它过去。</details>
# <details><summary>提示 3</summary><code>except pickle.UnpicklingError</code>，里面 <code>raise ValueError(…)</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 7.3 · Read numbers, run nothing (2 points)
#
# Write `read_weights(path)`: read the file and return what is in it. If it can't be read without running code, raise `ValueError` and run nothing. If there is no such file, let `FileNotFoundError` come, as from `torch.load`. `path` is a `str` or a `Path`.
#
# Example: after `torch.save({"a": torch.ones(2)}, path)`, `read_weights(path)` gives `{'a': tensor([1., 1.])}`.
#
# <details><summary>Hint 1</summary>Which exception does <code>torch.load</code> raise when it meets something it should not run?</details>
# <details><summary>Hint 2</summary>Catch that one only and let all others pass.</details>
# <details><summary>Hint 3</summary><code>except pickle.UnpicklingError</code>, and in it <code>raise ValueError(…)</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "read_weights", "locked": false, "schema_version": 3, "solution": true, "task": false}
def read_weights(path: str | Path) -> object:
    """path -> what is in the file; ValueError if that takes running code"""
    ### BEGIN SOLUTION
    try:
        return torch.load(path, weights_only=True)
    except pickle.UnpicklingError as error:
        raise ValueError("the file is more than numbers") from error
    ### END SOLUTION


# %% tags=["exercise"]
torch.save({"a": torch.ones(2)}, folder / "ones.pt")
read_weights(folder / "ones.pt")

# %% nbgrader={"grade": true, "grade_id": "read_weights-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
from collections import OrderedDict

import torch
from torch import nn

from pytorch_learning import checks
from pytorch_learning.checks import files

with checks.exercise("read_weights"), files.folder() as place:

    def reads(value, path):
        torch.save(value, path)
        name = f"read_weights({type(path).__name__})"
        got = read_weights(path)
        checks.true(
            got is not None,
            name
            + checks.say(
                "：什么也没返回：是不是忘了 `return`？", ": nothing came back: did you forget `return`?"
            ),
        )
        checks.true(
            files.first_difference(got, value) is None,
            name
            + checks.say(
                "：返回的和存进去的不一样：读到什么就返回什么",
                ": what comes back differs from what was saved: return just what was read",
            ),
        )

    def refuses(value, path):
        name = checks.say("read_weights(带代码的文件)", "read_weights(a file with code)")
        torch.save(value, path)
        result, raised = None, None
        with files.no_code_runs(name):
            try:
                result = read_weights(path)
            except Exception as error:
                if isinstance(error, NotImplementedError) and not str(error):
                    raise
                raised = error
        mark = checks.say("：", ": ")
        checks.true(
            raised is not None,
            name
            + mark
            + checks.say(
                f"应抛出 ValueError，却返回了 {type(result).__name__}：写 `raise ValueError(…)`，不是返回或打印它",
                f"should raise ValueError but returned {type(result).__name__}: `raise ValueError(…)`, don't "
                "return or print it",
            ),
        )
        advice = checks.say("捕获它，换成 `ValueError`", "catch that and raise `ValueError` instead")
        if isinstance(raised, (NameError, AttributeError)):
            if "UnpicklingError" not in str(raised):
                raise raised
            advice = f"{raised}{mark}" + checks.say(
                "异常的名字要写全：`pickle.UnpicklingError`",
                "write the exception's full name: `pickle.UnpicklingError`",
            )
        checks.true(
            isinstance(raised, ValueError),
            name
            + mark
            + checks.say(
                f"应抛出 ValueError，抛出的是 {type(raised).__name__}",
                f"should raise ValueError, raised {type(raised).__name__}",
            )
            + mark
            + advice,
        )

    def misses(path):
        name = checks.say("read_weights(没有的文件)", "read_weights(no such file)")
        try:
            read_weights(path)
        except FileNotFoundError:
            return
        except Exception as error:
            raise checks.CheckFailed(
                name
                + checks.say(
                    f"：应抛出 FileNotFoundError，抛出的是 {type(error).__name__}：捕获得太多了，只捕获 `pickle.UnpicklingError`",
                    f": should raise FileNotFoundError, raised {type(error).__name__}: that catches too much, "
                    "catch `pickle.UnpicklingError` only",
                )
            ) from None
        raise checks.CheckFailed(
            name
            + checks.say(
                "：应抛出 FileNotFoundError，却什么也没抛出：捕获得太多了",
                ": should raise FileNotFoundError, raised nothing: that catches too much",
            )
        )

    reads({"a": torch.ones(2)}, place / "good.pt")
    refuses({"a": torch.ones(2), "b": files.Trap()}, place / "bad.pt")
    misses(place / "none.pt")
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        normed = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))
        reads(normed.state_dict(), str(place / "权重 1.pt"))
        reads({"epoch": 3, "list": [1.5, "two", None, (True, torch.tensor(4))]}, place / "x.pth")
        reads(OrderedDict(a=torch.zeros(2, dtype=torch.bfloat16)), str(place / "x"))
        reads(torch.randn(3), place / "tensor.pt")
        reads({}, place / "empty.pt")
        refuses(files.Trap(), str(place / "权重 2.pt"))
        refuses([torch.ones(2), {"deep": [files.Trap()]}], place / "deep.pt")
        refuses(nn.Linear(2, 1), place / "whole.pt")
        misses(str(place / "没有.pt"))
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 7.4 到另一台机器上
#
# 状态字典不知道结构：`hidden` 是 64，文件里没有写明。几个月以后，或者到了别人手里，谁还记得？所以把造网络用的**设置**和权重存在同一个文件里，读的时候先照设置造出网络，再装权重。设置是数和字符串，`weights_only=True` 认得。

# %% [markdown] tags=["en"]
# ## 7.4 On another machine
#
# A state dict does not know the structure: that `hidden` is 64 is written nowhere in the file. Who will remember in a few months' time, or once somebody else has it? So save the **settings** that make the network in the same file as its weights; to load it, first make the network from its settings and then put the weights in. Settings are numbers and strings, which `weights_only=True` knows.

# %%
settings = {"hidden": 64, "classes": 10}
torch.save({"config": settings, "weights": model.state_dict()}, folder / "complete.pt")

content = torch.load(folder / "complete.pt", weights_only=True)
print(content["config"])
rebuilt = Network(**content["config"])
rebuilt.load_state_dict(content["weights"])
rebuilt.eval()
model.eval()
print("same output:", torch.equal(rebuilt(unseen), model(unseen)))

# %% [markdown] tags=["zh"]
# `Network(**settings)` 的两个星号把字典拆成参数，等于 `Network(hidden=64, classes=10)`。
#
# ### map_location
#
# 文件里还记着每个张量在哪个设备上，`torch.load` 会把它放回原处。在 GPU 上存的文件，拿到没有 GPU 的机器上就读不了。`save_as_on` 写的文件，就像有 GPU 的机器写的那样：

# %% [markdown] tags=["en"]
# The two stars in `Network(**settings)` turn the dict into arguments, as in `Network(hidden=64, classes=10)`.
#
# ### map_location
#
# The file also says which device each tensor was on, and `torch.load` puts it back there. A file saved on a GPU can't be read on a machine that has none. `save_as_on` writes a file as a machine with a GPU would:

# %% tags=["nbval-ignore-output"]
save_as_on("cuda:0", model.state_dict(), folder / "from_gpu.pt")
try:
    on_device = torch.load(folder / "from_gpu.pt", weights_only=True)
    print("this machine has a GPU:", on_device["head.bias"].device)
except RuntimeError as error:
    print(str(error).split(". ")[0])

# %% [markdown] tags=["zh"]
# `map_location` 说明要放到哪里。写 `"cpu"` 到处都能读，然后再把模型 `.to(device)`；写 `"meta"` 则只看名字和形状，一个数也不读，几十 GB 的文件也一眨眼就看完。

# %% [markdown] tags=["en"]
# `map_location` says where to put the tensors instead. With `"cpu"` the file can be read anywhere, and then the model can go `.to(device)`. With `"meta"` you see names and shapes and read no numbers at all, a matter of a moment even for a file of many gigabytes.

# %%
on_cpu = torch.load(folder / "from_gpu.pt", map_location="cpu", weights_only=True)
print(on_cpu["head.bias"].device, torch.equal(on_cpu["head.bias"], model.head.bias))
shapes_only = torch.load(folder / "from_gpu.pt", map_location="meta", weights_only=True)
print(shapes_only["body.1.weight"])

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 7.4 · 从文件造出网络（4 分）
#
# 写函数 `load_network(make, path, device)`。`path`（`str` 或 `Path`）的文件里是字典 `{"config": …, "weights": …}`：一个设置的字典和一个状态字典，可能是在别的设备上存的。`make` 是类或函数，`make(**config)` 造出网络。返回装好权重的网络：
#
# - 在 `device` 上，处于评估模式，可以直接用来预测；
# - 权重和网络对不上（多了、少了、大小不同）就报错，什么错都行；
# - 文件里如果藏着代码，不能执行，要报错。
#
# 例：文件里是 `{"config": {"in_features": 3, "out_features": 2}, "weights": nn.Linear(3, 2).state_dict()}`，`load_network(nn.Linear, path, "cpu")` 得到 `Linear(in_features=3, out_features=2, bias=True)`。
#
# <details><summary>提示 1</summary>四步：读文件，造网络，装权重，准备好使用。</details>
# <details><summary>提示 2</summary>在哪个设备上存的不知道，所以先读到 CPU 上。</details>
# <details><summary>提示 3</summary><code>map_location</code>、<code>load_state_dict</code>、<code>.to(device)</code>、<code>.eval()</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 7.4 · A network out of a file (4 points)
#
# Write `load_network(make, path, device)`. The file at `path` (a `str` or a `Path`) holds a dict `{"config": …, "weights": …}`: a dict of settings and a state dict, possibly saved on another device. `make` is a class or a function, and `make(**config)` makes the network. Return the network with its weights:
#
# - on `device` and in eval mode, ready to predict;
# - if the weights don't fit the network (too many, too few, other sizes), raise an error of whatever kind;
# - if code hides in the file, don't run it, but raise an error.
#
# Example: if the file holds `{"config": {"in_features": 3, "out_features": 2}, "weights": nn.Linear(3, 2).state_dict()}`, `load_network(nn.Linear, path, "cpu")` gives `Linear(in_features=3, out_features=2, bias=True)`.
#
# <details><summary>Hint 1</summary>Four steps: read the file, make the network, put the weights in, get it ready for use.</details>
# <details><summary>Hint 2</summary>You can't know on which device it was saved, so read it to the CPU first.</details>
# <details><summary>Hint 3</summary><code>map_location</code>, <code>load_state_dict</code>, <code>.to(device)</code>, <code>.eval()</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "load_network", "locked": false, "schema_version": 3, "solution": true, "task": false}
def load_network(make, path: str | Path, device: str | torch.device) -> nn.Module:
    """a file with settings and weights -> the network, on the device and in eval mode"""
    ### BEGIN SOLUTION
    content = torch.load(path, map_location="cpu", weights_only=True)
    network = make(**content["config"])
    network.load_state_dict(content["weights"])
    return network.to(device).eval()
    ### END SOLUTION


# %% tags=["exercise"]
linear_config = {"in_features": 3, "out_features": 2}
torch.save({"config": linear_config, "weights": nn.Linear(3, 2).state_dict()}, folder / "linear.pt")
load_network(nn.Linear, folder / "linear.pt", "cpu")

# %% nbgrader={"grade": true, "grade_id": "load_network-test", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import warnings
from unittest import mock

import torch
from torch import nn

from pytorch_learning import checks
from pytorch_learning.checks import files


class Sized(nn.Module):
    def __init__(self, width, depth=1, p=0.5):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(depth)])
        self.drop = nn.Sequential(nn.BatchNorm1d(width), nn.Dropout(p))

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return self.drop(x)


def sized_by_name(*, size):
    return nn.Sequential(nn.Linear(size, 2 * size), nn.BatchNorm1d(2 * size))


with checks.exercise("load_network"), files.folder() as place:
    mark = checks.say("：", ": ")

    def random_network(make, config):
        network = make(**config)
        for value in network.state_dict().values():
            value.copy_(torch.rand(value.shape) + 0.5 if value.is_floating_point() else torch.tensor(7))
        return network

    def check_loading(make, config, path, saved_on="cpu"):
        wanted = random_network(make, config).eval().requires_grad_(True)
        weights = wanted.state_dict()
        files.save_as_on(saved_on, {"config": config, "weights": weights}, path)
        name = f"load_network({make.__name__}, path, 'cpu')"
        try:
            network = load_network(make, path, "cpu")
        except TypeError as error:
            hint = checks.say(
                "设置要拆成参数：`make(**config)`", "the settings become arguments: `make(**config)`"
            )
            if "argument" not in str(error) and "not supported between" not in str(error):
                raise
            raise checks.CheckFailed(f"{name}{mark}{type(error).__name__}: {error}{mark}{hint}") from None
        except RuntimeError as error:
            if "CUDA" in str(error):
                hint = checks.say(
                    "文件是在 GPU 上存的，这里没有：写 `map_location`",
                    "the file was saved on a GPU and there is none here: name a `map_location`",
                )
            elif '"config", "weights"' in str(error):
                hint = checks.say(
                    '这是文件里的整个字典：状态字典在键 `"weights"` 下面',
                    'that is the whole dict in the file: the state dict is under its key `"weights"`',
                )
            else:
                raise
            raise checks.CheckFailed(f"{name}{mark}{hint}") from None
        checks.is_module(network, name=name)
        got = network.state_dict()
        checks.true(
            {k: tuple(v.shape) for k, v in got.items()} == {k: tuple(v.shape) for k, v in weights.items()},
            name
            + mark
            + checks.say(
                "造出来的网络结构不对：用文件里的 `config`",
                "that is a network of another structure: use the `config` in the file",
            ),
        )
        for key, value in weights.items():
            checks.true(
                torch.equal(got[key], value),
                name
                + mark
                + checks.say(
                    f"[{key!r}] 不是文件里的数：`load_state_dict` 了吗？装进去以后又训练或初始化了吗？",
                    f"[{key!r}] is not what the file holds: did you call `load_state_dict`, and change nothing after it?",
                ),
            )
        checks.true(
            not any(module.training for module in network.modules()),
            name
            + mark
            + checks.say(
                "网络还在训练模式：最后调用 `eval()`",
                "the network is still in train mode: call `eval()` at the end",
            ),
        )

    def check_meta(make, config, path):
        # The numbers are read to the CPU whatever the answer says, since nothing can be copied out of `meta`;
        # code that does so all the same raises, which says nothing about it.
        torch.save({"config": config, "weights": random_network(make, config).state_dict()}, path)
        read = torch.load
        try:
            with (
                warnings.catch_warnings(action="ignore"),
                mock.patch.object(torch, "load", lambda f, map_location=None, **more: read(f, "cpu", **more)),
            ):
                network = load_network(make, path, "meta")
        except (NotImplementedError, RuntimeError) as error:
            if isinstance(error, NotImplementedError) and not str(error):
                raise
            return
        checks.true(
            all(value.device.type == "meta" for value in network.state_dict().values()),
            checks.say(
                "load_network(make, path, 'meta')：网络不在 `device` 上：造出来的网络在 CPU 上，要 `.to(device)`",
                "load_network(make, path, 'meta'): the network is not on `device`: it was made on the CPU and has to go `.to(device)`",
            ),
        )

    def check_refusal(content, path, why):
        torch.save(content, path)
        name = "load_network(Sized, path, 'cpu')"
        with files.no_code_runs(name):
            try:
                network = load_network(Sized, path, "cpu")
            except Exception:
                return
        if network is None:
            why = checks.say(
                "读不成，却只返回了 None：不要捕获错误，让它抛出来",
                "it can't be loaded, and None came back: don't catch the error, let it come",
            )
        raise checks.CheckFailed(f"{name}{mark}{why}")

    check_loading(Sized, {"width": 3}, place / "network.pt")
    check_loading(Sized, {"width": 4, "depth": 2}, str(place / "network.pt"))
    check_loading(Sized, {"width": 3}, place / "network.pt", saved_on="cuda:99")
    check_meta(Sized, {"width": 3}, place / "network.pt")
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_loading(Sized, {"width": 2, "depth": 0, "p": 0.1}, place / "网络 1.pt")
        check_loading(sized_by_name, {"size": 3}, str(place / "网络 2"), saved_on="cuda:99")
        check_loading(nn.Linear, {"in_features": 3, "out_features": 2, "bias": False}, place / "linear.pth")
        check_meta(sized_by_name, {"size": 2}, place / "meta.pt")
        weights = random_network(Sized, {"width": 3}).state_dict()
        less = {key: value for key, value in weights.items() if key != "layers.0.bias"}
        silent = checks.say(
            "权重和网络对不上，却没有报错：不要写 `strict=False`",
            "the weights don't fit the network, and no error came: leave out `strict=False`",
        )
        check_refusal({"config": {"width": 3}, "weights": less}, place / "less.pt", silent)
        more = {**weights, "layers.1.bias": torch.zeros(3)}
        check_refusal({"config": {"width": 3}, "weights": more}, place / "more.pt", silent)
        check_refusal({"config": {"width": 4}, "weights": weights}, place / "size.pt", silent)
        swallowed = checks.say(
            "文件里藏着代码，应当报错，却没有",
            "there is code in the file, which should be an error, and none came",
        )
        for trapped in (
            {"config": {"width": 3}, "weights": weights, "more": files.Trap()},
            {"config": {"width": 3}, "weights": {**weights, "trap": files.Trap()}},
        ):
            check_refusal(trapped, str(place / "trap.pt"), swallowed)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 7.5 只装一部分
#
# 换一个任务，常常不必从头学起。大网络在一大堆数据上练过以后，前面几层学到的东西对别的图片也有用；换掉最后一层，再接着练，就是**迁移学习**（transfer learning）。我们的网络太小，沾不到多少光，不过做法是一样的。比方说，新任务只有 3 个类别：`head` 的大小变了，`body` 还是原来的样子。
#
# `load_state_dict(…, strict=False)` 允许多几个名字、少几个名字，并且告诉你是哪些：

# %% [markdown] tags=["en"]
# ## 7.5 Loading a part
#
# A new task often need not be learned from scratch. When a large network has been trained on a lot of data, what its first layers have learned is of use for other pictures too; replace the last layer, train on, and you have **transfer learning**. Our network is too small to gain much by it, but it is done the same way. Say that the new task has only 3 classes: the size of `head` changes, `body` stays as it was.
#
# `load_state_dict(…, strict=False)` puts up with names that are missing or not wanted, and says which they are:

# %%
torch.manual_seed(2)
small = Network(64, classes=3)
state = torch.load(folder / "model.pt", weights_only=True)
body = {name: tensor for name, tensor in state.items() if name.startswith("body.")}
print(small.load_state_dict(body, strict=False))

# %% [markdown] tags=["zh"]
# 要看一看这两张单子：名字写错了一个字母，`strict=False` 也一声不响，那一层就还是随机数。名字对了而**大小不同**，`strict=False` 照样报错：

# %% [markdown] tags=["en"]
# Do look at the two lists: with one letter of a name wrong, `strict=False` keeps quiet and that layer keeps its random numbers. Where the name is right and the **size differs**, there is an error even with `strict=False`:

# %%
try:
    small.load_state_dict(state, strict=False)
except RuntimeError as error:
    print("\n".join(str(error).splitlines()[:2]))

# %% [markdown] tags=["zh"]
# 名字整个儿差一个前缀，也很常见：用多块 GPU 训练时，模型套在 `nn.DataParallel` 里，存下来的名字都以 `module.` 开头。名字只是字典的键，改一改就行：

# %% [markdown] tags=["en"]
# Often all the names differ by a prefix: for training on several GPUs a model is wrapped in `nn.DataParallel`, and all names are saved with `module.` in front. Names are only keys of a dict, so change them:

# %%
wrapped = {"module." + name: tensor for name, tensor in state.items()}
renamed = {name.removeprefix("module."): tensor for name, tensor in wrapped.items()}
print(Network(64).load_state_dict(renamed))

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 7.5 · 能装多少装多少（3 分）
#
# 写函数 `load_matching(model, state)`：`state` 里名字在模型里也有、形状也一样的张量，装进模型；别的都不管。返回模型里**没有**装到的名字，一个列表，顺序和 `model.state_dict()` 的一样。
#
# 参数和缓冲区都要装。没装到的保持原来的数，模型的参数还是原来那几个张量（优化器认的是它们），`state` 保持原样。
#
# 例：`load_matching(nn.Linear(3, 2), {"weight": torch.ones(2, 3), "bias": torch.ones(5)})` 得到 `['bias']`。
#
# <details><summary>提示 1</summary>先从 <code>state</code> 里挑出合适的，再一次装进去。</details>
# <details><summary>提示 2</summary>名字在不在，要在比形状之前问。</details>
# <details><summary>提示 3</summary>挑出来的只是一部分，所以 <code>strict=False</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 7.5 · Load whatever fits (3 points)
#
# Write `load_matching(model, state)`: put those tensors of `state` into the model whose name the model has too, with the same shape, and pass over all others. Return the names in the model that were **not** loaded, a list in the order of `model.state_dict()`.
#
# Both parameters and buffers are loaded. What was not loaded keeps its numbers, the model's parameters stay the same tensors (an optimiser knows them), and `state` stays as it is.
#
# Example: `load_matching(nn.Linear(3, 2), {"weight": torch.ones(2, 3), "bias": torch.ones(5)})` gives `['bias']`.
#
# <details><summary>Hint 1</summary>First pick what fits from <code>state</code>, then load that in one go.</details>
# <details><summary>Hint 2</summary>Ask whether the name is there before you compare shapes.</details>
# <details><summary>Hint 3</summary>What you picked is only a part, hence <code>strict=False</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "load_matching", "locked": false, "schema_version": 3, "solution": true, "task": false}
def load_matching(model: nn.Module, state: dict[str, torch.Tensor]) -> list[str]:
    """Load what fits by name and shape; the names of the model that were not loaded."""
    ### BEGIN SOLUTION
    own = model.state_dict()
    fitting = {}
    for name, tensor in state.items():
        if name in own and own[name].shape == tensor.shape:
            fitting[name] = tensor
    model.load_state_dict(fitting, strict=False)
    return [name for name in own if name not in fitting]
    ### END SOLUTION


# %% tags=["exercise"]
load_matching(nn.Linear(3, 2), {"weight": torch.ones(2, 3), "bias": torch.ones(5)})

# %% nbgrader={"grade": true, "grade_id": "load_matching-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy

import torch
from torch import nn

from pytorch_learning import checks

with checks.exercise("load_matching"):

    def check_matching(network, given, name):
        name = f"load_matching({name}, state)"
        mark = checks.say("：", ": ")
        before = copy.deepcopy(network.state_dict())
        kept = {key: value.clone() for key, value in given.items()}
        parameters = [id(p) for p in network.parameters()]
        fits = [key for key in before if key in kept and kept[key].shape == before[key].shape]
        wanted = [key for key in before if key not in fits]
        try:
            left = load_matching(network, given)
        except RuntimeError as error:
            if "size mismatch" in str(error):
                advice = checks.say(
                    "大小不同的，`strict=False` 也会报错：先把它们去掉",
                    "where sizes differ there is an error even with `strict=False`: leave these out beforehand",
                )
            elif "Missing key" in str(error):
                advice = checks.say(
                    "挑出来的只是一部分，`load_state_dict` 却要全部：写 `strict=False`",
                    "what you picked is only a part, and `load_state_dict` wants all: add `strict=False`",
                )
            elif "changed size during iteration" in str(error):
                advice = checks.say(
                    "循环的时候不能删字典里的东西，`state` 也不能改动：挑出来放进新的字典",
                    "you can't delete from a dict while looping over it, and `state` has to stay: pick into a new dict",
                )
            else:
                raise
            raise checks.CheckFailed(name + mark + advice) from None
        except KeyError as error:
            advice = checks.say(
                "`state` 里有的名字模型里可能没有，反过来也一样：比形状之前先问 `name in …`",
                "the model may lack a name that `state` has, and the other way round: ask `name in …` before comparing "
                "shapes",
            )
            raise checks.CheckFailed(f"{name}{mark}KeyError: {error}{mark}{advice}") from None
        checks.true(
            left is not None,
            name + mark + checks.say("得到 None：忘了 `return`？", "got None: did you forget `return`?"),
        )
        checks.true(
            not hasattr(left, "missing_keys"),
            name
            + mark
            + checks.say(
                "`load_state_dict` 返回的是两张单子：没装到的名字在 `.missing_keys` 里",
                "`load_state_dict` returns two lists: the names that were not loaded are its `.missing_keys`",
            ),
        )
        mistakes = [
            (
                fits or None,
                checks.say("这些是装到的，要没装到的", "these were loaded; the others are wanted"),
            ),
            (
                [key for key in given if key not in fits],
                checks.say(
                    "这些是 `state` 里没用上的，要的是模型里没装到的",
                    "these are the ones in `state` that were of no use; wanted are those in the model that were not loaded",
                ),
            ),
            (
                [key for key in before if key not in given],
                checks.say("形状不同的也没有装到", "those of another shape were not loaded either"),
            ),
        ]
        if isinstance(left, list) and left != wanted and sorted(map(str, left)) == sorted(wanted):
            mistakes.append(
                (
                    left,
                    checks.say(
                        "顺序要和 `model.state_dict()` 的一样", "the order is that of `model.state_dict()`"
                    ),
                )
            )
        exactly = checks.say(
            "要的是模型里没装到的名字，参数和缓冲区都算；形状要完全一样，能广播或者元素一样多都不算",
            "wanted are the names in the model that were not loaded, of parameters and buffers; shapes have to be the "
            "same, it is not enough that they broadcast or hold as many numbers",
        )
        checks.equal(left, wanted, name=name, mistakes=mistakes, hint=exactly)
        for key, value in network.state_dict().items():
            source = kept if key in fits else before
            checks.true(
                torch.equal(value, source[key].to(value.dtype)),
                name
                + mark
                + (
                    checks.say(
                        f"[{key!r}] 合适，却没有装进模型", f"[{key!r}] fits and yet is not in the model"
                    )
                    if key in fits
                    else checks.say(
                        f"[{key!r}] 不合适，应保持原来的数",
                        f"[{key!r}] does not fit and should keep its numbers",
                    )
                ),
            )
        checks.true(
            parameters == [id(p) for p in network.parameters()],
            name
            + mark
            + checks.say(
                "模型的参数换成了别的张量：把数复制进去（`load_state_dict`，不要 `assign=True`）",
                "the model's parameters are other tensors now: copy the numbers into them (`load_state_dict`, "
                "without `assign=True`)",
            ),
        )
        checks.true(
            list(given) == list(kept) and all(torch.equal(given[key], kept[key]) for key in kept),
            name
            + mark
            + checks.say("`state` 被改动了：挑出来放进新的字典", "`state` was changed: pick into a new dict"),
        )
        with torch.no_grad():
            for parameter in network.parameters():
                parameter.add_(1)
        checks.true(
            all(torch.equal(given[key], kept[key]) for key in kept),
            name
            + mark
            + checks.say(
                "以后训练会改动 `state`：要复制进去", "training would change `state` later: copy the numbers"
            ),
        )

    check_matching(nn.Linear(3, 2), {"weight": torch.rand(2, 3), "bias": torch.rand(5)}, "Linear")
    check_matching(
        nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3), nn.Linear(3, 2)),
        nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3), nn.Linear(3, 5), nn.Linear(5, 5)).state_dict(),
        "model",
    )
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_matching(nn.Linear(3, 2), {}, "Linear")
        check_matching(nn.Linear(3, 2), nn.Linear(3, 2).state_dict(), "Linear")
        check_matching(nn.ReLU(), {"weight": torch.rand(2)}, "ReLU")
        # Shapes that broadcast, or hold as many numbers, are still other shapes.
        check_matching(nn.Linear(3, 2), {"weight": torch.rand(1, 3), "bias": torch.rand(1)}, "Linear")
        check_matching(nn.Linear(3, 2), {"bias": torch.rand(2), "weight": torch.rand(3, 2)}, "Linear")
        check_matching(nn.Linear(2, 2), {"bias": torch.rand(2), "weight": torch.rand(4)}, "Linear")
        normed = nn.BatchNorm1d(4)
        trained = {key: value + 3 for key, value in normed.state_dict().items()}
        check_matching(nn.BatchNorm1d(4).eval(), dict(reversed(trained.items())), "BatchNorm1d")
        check_matching(nn.Linear(3, 2), {"weight": torch.rand(2, 3).double()}, "Linear")
        frozen = nn.Sequential(nn.Linear(3, 2), nn.Linear(2, 2)).requires_grad_(False)
        check_matching(frozen, {"1.weight": torch.rand(2, 2), "weight": torch.rand(2, 3)}, "model")
        checks.true(
            not any(p.requires_grad for p in frozen.parameters()),
            checks.say("冻结的参数应当还是冻结的", "frozen parameters should stay frozen"),
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 7.6 写到一半
#
# 写文件要花时间。写到一半，程序被中断或者磁盘满了，文件就只有一半。如果它盖掉的正是上一次的好文件，那就两头落空。下面的 `Broken` 一存就出错，用来模仿写到一半的中断：

# %% [markdown] tags=["en"]
# ## 7.6 Half a file
#
# Writing takes time. If the program is interrupted or the disk is full halfway, there is half a file. And if it was written over the last good one, you have neither. `Broken` below raises an error as it is saved, in place of an interruption in the middle of writing:


# %%
class Broken:
    def __reduce__(self):
        raise RuntimeError("interrupted while writing")


target = folder / "precious.pt"
torch.save(model.state_dict(), target)
try:
    torch.save({"weights": model.state_dict(), "more": Broken()}, target)
except RuntimeError as error:
    print(error)
try:
    torch.load(target, weights_only=True)
except RuntimeError as error:
    print("the old file is lost:", str(error).split(":")[0])

# %% [markdown] tags=["zh"]
# 办法是**原子**（atomic）的保存：要么全部完成，要么什么也没有发生。先写进旁边的一个临时文件；写完了，再用 `os.replace` 改名，换掉旧文件。改名是一瞬间的事，程序在任何时候中断，`target` 要么是完整的旧文件，要么是完整的新文件¹。下图从左到右是时间，红色的是写了一半的文件。
#
# 两点要注意：临时文件要在**同一个文件夹**里，换了磁盘就不是改名而是复制了；出了错要删掉写了一半的临时文件，再让错误继续往外传（`raise` 后面什么也不写）。
#
# <small>¹ 要连停电也不怕，改名之前还得用 `os.fsync` 让系统真的把数写到磁盘上。</small>

# %% [markdown] tags=["en"]
# The way out is to save **atomically**: either all of it happens or nothing does. First write to a temporary file beside it; when that is complete, rename it with `os.replace`, which puts it in the old one's place. Renaming is a single step, so whenever the program is interrupted, `target` is either the complete old file or the complete new one¹. In the picture time goes from left to right, and red is a half-written file.
#
# Two things to mind: the temporary file belongs in **the same folder**, since on another disk renaming would mean copying; and if something goes wrong, delete the half-written temporary file and let the error go on (a `raise` with nothing after it).
#
# <small>¹ To be safe from power cuts as well, call `os.fsync` before renaming, which makes the system really write to the disk.</small>

# %%
colours = {"old": "tab:green", "half": "tab:red", "new": "tab:blue"}
ways = {
    "torch.save(…, target): target": [("old", 0, 3), ("half", 3, 3), ("new", 6, 3)],
    "with os.replace: target": [("old", 0, 6), ("new", 6, 3)],
    "beside": [("half", 3, 3)],
}
figure, axes = plt.subplots(figsize=(8, 2), layout="constrained")
for row, pieces in enumerate(ways.values()):
    for what, start, length in pieces:
        axes.barh(row, length, left=start, color=colours[what])
        axes.text(start + length / 2, row, what, color="white", ha="center", va="center")
axes.axvline(6, color="black", linestyle="--", linewidth=1)
axes.set_yticks(range(3), list(ways))
axes.set_xticks([3, 6], ["begins to write", "all is written"])
axes.invert_yaxis()
plt.show()

# %%
torch.save(model.state_dict(), target)
beside = folder / "precious.pt.part"
torch.save({"weights": model.state_dict(), "epoch": 2}, beside)
os.replace(beside, target)
print(list(torch.load(target, weights_only=True)), "| still there:", beside.exists())

try:
    try:
        torch.save({"weights": model.state_dict(), "more": Broken()}, beside)
        os.replace(beside, target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
except RuntimeError as error:
    print(error)
print(list(torch.load(target, weights_only=True)), "| still there:", beside.exists())

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 7.6 · 原子的保存（3 分）
#
# 写函数 `save_atomically(value, path)`：用 `torch.save` 把 `value` 存到 `path`（`str` 或 `Path`，文件夹已经在了），随时中断都不会弄坏那里的旧文件：
#
# - 成功：`path` 是新的内容，文件夹里没有多出别的文件；
# - 保存时出错：错误照样传出来，旧文件一个字节也没有变（本来没有，就还是没有），也没有留下别的文件；
# - 任何时刻，`path` 上要么是完整的旧文件，要么是完整的新文件，不能中间空着，也不能直接往旧文件里写。
#
# 例：`save_atomically({"a": torch.ones(2)}, path)` 之后，`torch.load(path, weights_only=True)` 得到 `{'a': tensor([1., 1.])}`。
#
# <details><summary>提示 1</summary>顺序：写在旁边，写完才换。</details>
# <details><summary>提示 2</summary><code>path</code> 可能是 <code>str</code>：先变成 <code>Path(path)</code>，再用 <code>with_name</code> 在同一个文件夹里起个临时的名字。</details>
# <details><summary>提示 3</summary><code>try</code> / <code>except</code>：出错就 <code>unlink</code> 临时文件，再 <code>raise</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 7.6 · Saving atomically (3 points)
#
# Write `save_atomically(value, path)`: save `value` to `path` with `torch.save` (`path` is a `str` or a `Path`, and its folder exists) so that an interruption at any time leaves the old file unharmed:
#
# - if all goes well, `path` has the new content, and there is no other new file in the folder;
# - if saving fails, the error comes out, not a byte of the old file has changed (if there was none, there still is none), and no other file is left behind;
# - at every moment there is either the complete old file at `path` or the complete new one: don't leave a gap between them, and don't write into the old file.
#
# Example: after `save_atomically({"a": torch.ones(2)}, path)`, `torch.load(path, weights_only=True)` gives `{'a': tensor([1., 1.])}`.
#
# <details><summary>Hint 1</summary>The order is: write beside it, and replace when all is written.</details>
# <details><summary>Hint 2</summary><code>path</code> may be a <code>str</code>: make it <code>Path(path)</code>, then <code>with_name</code> gives you a temporary name in the same folder.</details>
# <details><summary>Hint 3</summary><code>try</code> / <code>except</code>: after an error, <code>unlink</code> the temporary file and <code>raise</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "save_atomically", "locked": false, "schema_version": 3, "solution": true, "task": false}
def save_atomically(value: object, path: str | Path) -> None:
    """torch.save so that path holds the complete old file or the complete new one at any time"""
    ### BEGIN SOLUTION
    path = Path(path)
    part = path.with_name(path.name + ".part")
    try:
        torch.save(value, part)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    ### END SOLUTION


# %% tags=["exercise"]
save_atomically({"a": torch.ones(2)}, folder / "atomic.pt")
torch.load(folder / "atomic.pt", weights_only=True)

# %% nbgrader={"grade": true, "grade_id": "save_atomically-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import os
from pathlib import Path
from unittest import mock

import torch
from torch import nn

from pytorch_learning import checks
from pytorch_learning.checks import files

with checks.exercise("save_atomically"), files.folder() as place:
    mark = checks.say("：", ": ")
    gap = checks.say(
        "有一会儿 `path` 上什么文件也没有：不要先删旧文件，`os.replace(临时文件, path)` 自己会换掉它",
        "for a while there is no file at `path`: don't delete the old one, `os.replace(temporary, path)` puts the new "
        "one in its place",
    )
    across = checks.say(
        "临时文件不在同一个文件夹里：换了磁盘就不是改名而是复制，放在 `path` 旁边",
        "the temporary file is in another folder: from another disk, renaming means copying; put it beside `path`",
    )

    def call(value, path, name):
        """Save, while watching what is moved onto `path` and what is deleted."""
        target = Path(path)
        watched = {function: getattr(os, function) for function in ("replace", "rename", "remove", "unlink")}

        def moves(function):
            def move(source, destination, **keywords):
                if Path(destination) == target:
                    inside = target.parent.resolve() in Path(source).resolve().parents
                    checks.true(inside, name + mark + across)
                checks.true(Path(source) != target, name + mark + gap)
                return watched[function](source, destination, **keywords)

            return move

        def deletes(function):
            def delete(gone, **keywords):
                checks.true(Path(gone) != target, name + mark + gap)
                return watched[function](gone, **keywords)

            return delete

        with (
            mock.patch.object(os, "replace", moves("replace")),
            mock.patch.object(os, "rename", moves("rename")),
            mock.patch.object(os, "remove", deletes("remove")),
            mock.patch.object(os, "unlink", deletes("unlink")),
        ):
            try:
                save_atomically(value, path)
            except (TypeError, AttributeError) as error:
                hint = checks.say(
                    "`path` 可能是 `str`，也可能是 `Path`：先 `path = Path(path)`",
                    "`path` may be a `str` or a `Path`: begin with `path = Path(path)`",
                )
                raise checks.CheckFailed(f"{name}{mark}{type(error).__name__}: {error}{mark}{hint}") from None
            except ValueError as error:
                if "Invalid name" not in str(error):
                    raise
                hint = checks.say(
                    "`with_name` 只要名字，不要文件夹：从 `path.name` 出发",
                    "`with_name` takes a name without its folder: begin with `path.name`",
                )
                raise checks.CheckFailed(f"{name}{mark}ValueError: {error}{mark}{hint}") from None

    def leftovers(names_before, name):
        more = sorted(set(os.listdir(place)) - names_before)
        checks.true(
            not more,
            name
            + mark
            + checks.say(
                f"文件夹里多出了 {more}：临时文件要改名，出了错要删掉（不管什么错）",
                f"{more} is left in the folder: the temporary file is renamed or, after an error, deleted (whatever the error)",
            ),
        )

    def succeeds(value, path):
        name = f"save_atomically(value, {type(path).__name__})"
        old = Path(path).read_bytes() if os.path.exists(path) else None
        link = place / "link to the old file"
        if old is not None:
            os.link(path, link)
        names = {*os.listdir(place), os.path.basename(path)}
        call(value, path, name)
        checks.true(
            os.path.exists(path),
            name
            + mark
            + checks.say(
                "`path` 上没有文件：写完以后要 `os.replace(临时文件, path)`",
                "there is no file at `path`: when all is written comes `os.replace(temporary, path)`",
            ),
        )
        try:
            got = torch.load(path)
        except Exception:
            got = None
        checks.true(
            got is not None and files.first_difference(got, value) is None,
            name + mark + checks.say("从 `path` 读回来的不是 `value`", "what `path` holds is not `value`"),
        )
        leftovers(names, name)
        if old is not None:
            # Another name of the old file: it changes only if somebody wrote into it.
            written_into = link.read_bytes() != old
            link.unlink()
            checks.true(
                not written_into,
                name
                + mark
                + checks.say(
                    "直接写进了旧文件：写到一半中断，旧文件就坏了。先写在旁边，再 `os.replace`",
                    "that writes into the old file, and an interruption halfway would spoil it: write beside it, "
                    "then `os.replace`",
                ),
            )

    def fails(path, disaster=files.PowerCut):
        name = checks.say(
            f"save_atomically(出错, {type(path).__name__})", f"save_atomically(fails, {type(path).__name__})"
        )
        old = Path(path).read_bytes() if os.path.exists(path) else None
        names = set(os.listdir(place))

        def look():
            if old is not None:
                checks.true(os.path.exists(path), name + mark + gap)
            raise disaster("power cut")

        try:
            call({"a": torch.rand(2000), "b": files.Fuse(look), "c": torch.rand(2000)}, path, name)
        except disaster:
            pass
        except Exception as error:
            if isinstance(error, checks.CheckFailed) or not isinstance(error.__context__, disaster):
                raise
            advice = checks.say(
                "要让原来的错误传出来，清理以后写 `raise`，后面什么也不写",
                "let the error itself come out, with a bare `raise` after cleaning up",
            )
            raise checks.CheckFailed(f"{name}{mark}{type(error).__name__}: {error}{mark}{advice}") from None
        else:
            raise checks.CheckFailed(
                name
                + mark
                + checks.say(
                    "保存出了错，却没有传出来：清理以后再 `raise`",
                    "saving failed, and the error did not come out: `raise` it again after cleaning up",
                )
            )
        checks.true(
            (Path(path).read_bytes() if os.path.exists(path) else None) == old,
            name
            + mark
            + checks.say(
                "出错以后，`path` 上的文件变了：写完整了才能 `os.replace`",
                "after the error the file at `path` has changed: `os.replace` comes only when all is written",
            ),
        )
        leftovers(names, name)

    succeeds({"a": torch.ones(2)}, place / "weights.pt")
    succeeds({"a": torch.zeros(3)}, place / "weights.pt")
    fails(place / "weights.pt")
    fails(place / "new.pt")
    succeeds({"a": torch.ones(1)}, str(place / "weights.pt"))
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        for path in (str(place / "权重 1.pt"), place / "no suffix", str(place / "a.b.c"), place / ".hidden"):
            fails(path)
            succeeds(nn.Linear(3, 2).state_dict(), path)
            succeeds([1, "two", torch.rand(3)], path)
            fails(path)
        here = Path.cwd()
        os.chdir(place)
        try:
            succeeds({"a": torch.ones(2)}, "relative.pt")
            fails(Path("relative.pt"))
        finally:
            os.chdir(here)

        class DiskFull(OSError):
            """Not a `RuntimeError`."""

        fails(place / "weights.pt", DiskFull)
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 7.7 检查点：接着练
#
# 训练要几小时、几天，总有中断的时候。中途存下来、供以后接着练的文件叫做**检查点**（checkpoint）。接着练要和没有中断过**一模一样**，只有权重是不够的，凡是影响下一步的东西都要存：
#
# | 什么 | 从哪里来 | 少了会怎样 |
# | :-- | :-- | :-- |
# | 参数和缓冲区 | `model.state_dict()` | 从头来过 |
# | 优化器：动量、Adam 的滑动平均 | `optimizer.state_dict()` | 动量从 0 重新积累 |
# | 学习率调度器走到哪一步 | `scheduler.state_dict()` | 学习率不对 |
# | 打乱次序用的生成器 | `generator.get_state()` | 样本的次序不同 |
# | PyTorch 的全局随机数 | `torch.get_rng_state()` | dropout 扔的不是同一些数 |
# | 第几个轮次 | 一个整数 | 不知道还剩多少 |
#
# **学习率调度器**（learning rate scheduler）按计划改变学习率，例如每两个轮次减半；每个轮次之后调用一次 `scheduler.step()`。
#
# 下面的一次训练用到了表里所有的东西：

# %% [markdown] tags=["en"]
# ## 7.7 Checkpoints: training on
#
# Training can take hours or days, and sooner or later it is interrupted. A file that you save on the way, to go on from later, is a **checkpoint**. For the rest to be **exactly** as if there had been no interruption, the weights alone won't do: save everything that the next step depends on.
#
# | what | where it comes from | without it |
# | :-- | :-- | :-- |
# | parameters and buffers | `model.state_dict()` | you start from scratch |
# | the optimiser: momentum, Adam's running averages | `optimizer.state_dict()` | momentum builds up again from 0 |
# | how far the learning rate scheduler is | `scheduler.state_dict()` | the learning rate is wrong |
# | the generator that shuffles | `generator.get_state()` | samples come in another order |
# | PyTorch's global random numbers | `torch.get_rng_state()` | dropout drops other numbers |
# | the epoch | a whole number | you don't know how many are left |
#
# A **learning rate scheduler** changes the learning rate by a plan, halving it every two epochs, for instance; call `scheduler.step()` once after each epoch.
#
# The training below uses all that is in the table:


# %%
def new_run(seed):
    torch.manual_seed(seed)
    network = Network(32)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)
    generator = torch.Generator().manual_seed(seed)
    return network, optimizer, scheduler, generator


def train_on(run, epochs):
    network, optimizer, scheduler, generator = run
    losses = []
    network.train()
    for _ in range(epochs):
        for batch in torch.randperm(2000, generator=generator).split(100):
            loss = nn.functional.cross_entropy(network(images[batch]), labels[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        scheduler.step()
    return losses


without_stop = new_run(0)
losses = train_on(without_stop, 6)
print(len(losses), "steps, learning rate now", without_stop[2].get_last_lr())

# %% [markdown] tags=["zh"]
# 再来一次，练到一半（3 个轮次）存成检查点。接下来假装程序重新启动了：全部换成新的，随机数也不同，再从检查点装回来，练完剩下的 3 个轮次。

# %% [markdown] tags=["en"]
# Once more, but halfway, after 3 epochs, it is saved as a checkpoint. Then pretend that the program was started again: everything is new and the random numbers are others; load the checkpoint and train the other 3 epochs.


# %%
interrupted = new_run(0)
train_on(interrupted, 3)
network, optimizer, scheduler, generator = interrupted
torch.save(
    {
        "epoch": 3,
        "model": network.state_dict(),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
        "generator": generator.get_state(),
        "random": torch.get_rng_state(),
    },
    folder / "checkpoint.pt",
)


def resumed(parts):
    run = new_run(1)
    network, optimizer, scheduler, generator = run
    saved = torch.load(folder / "checkpoint.pt", map_location="cpu", weights_only=True)
    if "model" in parts:
        network.load_state_dict(saved["model"])
    if "optimizer" in parts:
        optimizer.load_state_dict(saved["optimizer"])
    if "scheduler" in parts:
        scheduler.load_state_dict(saved["scheduler"])
    if "generator" in parts:
        generator.set_state(saved["generator"])
    if "random" in parts:
        torch.set_rng_state(saved["random"])
    return train_on(run, 3), run[0]


everything = ["model", "optimizer", "scheduler", "generator", "random"]
rest, finished = resumed(everything)
same = all(torch.equal(a, b) for a, b in zip(finished.parameters(), without_stop[0].parameters()))
print("the same losses:", rest == losses[60:], " the same parameters, bit by bit:", same)

# %% [markdown] tags=["zh"]
# **逐位相同**，连最后一个二进制位也不差。少了任何一样，就不一样了：

# %% [markdown] tags=["en"]
# Not a single **bit** is different. Leave out any one of these, and the rest of the training takes another course:

# %%
for part in everything:
    rest, finished = resumed([other for other in everything if other != part])
    print(f"without {part:<9} the same losses: {rest == losses[60:]}")

# %% [markdown] tags=["zh"]
# 画出来看：灰色的粗线没有中断；蓝色虚线从完整的检查点接着练，正好盖在上面；橙色的只装了权重。它也在学，可是走的是另一条路，学习率也从头算起。

# %% [markdown] tags=["en"]
# In a picture: the thick grey line had no interruption; the dashed blue one went on from the complete checkpoint and lies exactly on it; the orange one loaded the weights alone. It learns too, but goes another way, and its learning rate starts all over.

# %% tags=["nbval-ignore-output"]
figure, axes = plt.subplots(figsize=(8, 3.2), layout="constrained")
steps = range(1, len(losses) + 1)
axes.plot(steps[30:], losses[30:], color="0.75", linewidth=6, label="no interruption")
axes.plot(steps[60:], resumed(["model"])[0], color="tab:orange", label="weights only")
axes.plot(steps[60:], resumed(everything)[0], color="tab:blue", linestyle="--", label="everything")
axes.axvline(60.5, color="black", linewidth=1)
axes.text(60.5, 1.02, "checkpoint", ha="center", transform=axes.get_xaxis_transform())
axes.set_xlabel("step")
axes.set_ylabel("loss")
axes.legend()
plt.show()

# %% [markdown] tags=["zh"]
# 几点提醒：
#
# - 在轮次之间存最省事。存在轮次中间，还得记下走到了第几批。
# - 代码用到 Python 的 `random` 或 NumPy 的随机数，它们的状态也要存；在 GPU 上训练，还有 `torch.cuda.get_rng_state_all()`。
# - 随机数的状态要在 CPU 上，所以 `map_location="cpu"`；`load_state_dict` 会把数搬到模型和优化器所在的设备。
# - 「逐位相同」指的是同样的机器、同样的线程数、同样的版本；换了其中一样，加法的次序可能不同，最后几位就会有出入。
# - 检查点也要像 7.6 那样原子地保存。

# %% [markdown] tags=["en"]
# Some practical remarks:
#
# - Saving between epochs is easiest. In the middle of one you also have to note which batch you have come to.
# - If the code uses random numbers of Python's `random` or of NumPy, save their states as well; on a GPU there is `torch.cuda.get_rng_state_all()`.
# - States of random numbers belong on the CPU, hence `map_location="cpu"`; `load_state_dict` takes numbers to where the model and the optimiser are.
# - “Not a single bit” holds for the same machine, the same number of threads and the same versions. Change one of these, and numbers may be added up in another order, so that the last digits differ.
# - Save checkpoints atomically, as in 7.6.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 7.7a · 一个检查点（6 分）
#
# 写类 `Checkpoint`，存下一次训练的全部状态，再装回去：
#
# - `Checkpoint(model, optimizer, scheduler, generator)`：记住这四个对象（`generator` 是打乱次序用的 `torch.Generator`）。
# - `save(path, epoch)`：存成一个文件，`path` 是 `str` 或 `Path`。PyTorch 的全局随机数也要存。文件要能用 `weights_only=True` 读。保存不能影响训练：什么都不变，随机数也不多抽一个。
# - `load(path)`：把状态装回这四个对象和 PyTorch 的全局随机数，返回存的时候的 `epoch`（`int`）。文件里藏着代码时不能执行。
#
# 模型里有 dropout 和批归一化，优化器和调度器有好几种。存下来，在全新的对象上装回去，接着练，要和没有中断过**逐位相同**。文件里怎样安排由你定。
#
# 例：`checkpoint.save(path, 3)` 之后，`checkpoint.load(path)` 返回 `3`。
#
# <details><summary>提示 1</summary>上面那张表有六行，一行也不能少。</details>
# <details><summary>提示 2</summary>四个对象里三个有 <code>state_dict</code> 和 <code>load_state_dict</code>，生成器的叫 <code>get_state</code> 和 <code>set_state</code>。</details>
# <details><summary>提示 3</summary>全局随机数：<code>torch.get_rng_state()</code> 和 <code>torch.set_rng_state(…)</code>。都放进一个字典，一次存好。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 7.7a · A checkpoint (6 points)
#
# Write the class `Checkpoint`, which saves the whole state of a training and puts it back:
#
# - `Checkpoint(model, optimizer, scheduler, generator)` remembers these four objects (`generator` is the `torch.Generator` that shuffles).
# - `save(path, epoch)` writes one file; `path` is a `str` or a `Path`. PyTorch's global random numbers are saved as well. The file can be read with `weights_only=True`. Saving must not affect the training: nothing changes, and not one random number is drawn.
# - `load(path)` puts the state back into the four objects and PyTorch's global random numbers, and returns the `epoch` that was saved (an `int`). If code hides in the file, it must not run.
#
# The models have dropout and batch norm, and there are several kinds of optimisers and schedulers. Saved, loaded into entirely new objects and trained on, it has to be the same as without the interruption, **bit by bit**. How you arrange the file is up to you.
#
# Example: after `checkpoint.save(path, 3)`, `checkpoint.load(path)` returns `3`.
#
# <details><summary>Hint 1</summary>The table above has six rows, and you need all of them.</details>
# <details><summary>Hint 2</summary>Three of the four objects have <code>state_dict</code> and <code>load_state_dict</code>; a generator's are called <code>get_state</code> and <code>set_state</code>.</details>
# <details><summary>Hint 3</summary>Global random numbers: <code>torch.get_rng_state()</code> and <code>torch.set_rng_state(…)</code>. Put everything into one dict and save it in one go.</details>


# %% nbgrader={"grade": false, "grade_id": "Checkpoint", "locked": false, "schema_version": 3, "solution": true, "task": false}
class Checkpoint:
    """Saves the state of a training and puts it back."""

    def __init__(self, model, optimizer, scheduler, generator: torch.Generator) -> None:
        """Remember what belongs to the training."""
        ### BEGIN SOLUTION
        self.parts = {"model": model, "optimizer": optimizer, "scheduler": scheduler}
        self.generator = generator
        ### END SOLUTION

    def save(self, path: str | Path, epoch: int) -> None:
        """Write everything that the next step depends on."""
        ### BEGIN SOLUTION
        state = {name: part.state_dict() for name, part in self.parts.items()}
        state["epoch"] = epoch
        state["generator"] = self.generator.get_state()
        state["random"] = torch.get_rng_state()
        torch.save(state, path)
        ### END SOLUTION

    def load(self, path: str | Path) -> int:
        """Put everything back; the epoch that was saved."""
        ### BEGIN SOLUTION
        state = torch.load(path, map_location="cpu", weights_only=True)
        for name, part in self.parts.items():
            part.load_state_dict(state[name])
        self.generator.set_state(state["generator"])
        torch.set_rng_state(state["random"])
        return state["epoch"]
        ### END SOLUTION


# %% tags=["exercise"]
my_checkpoint = Checkpoint(*new_run(0))
my_checkpoint.save(folder / "mine.pt", 3)
my_checkpoint.load(folder / "mine.pt")

# %% nbgrader={"grade": true, "grade_id": "Checkpoint-test", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import contextlib
import copy
import os
import pickle

import torch
from torch import nn
from torch.optim import lr_scheduler

from pytorch_learning import checks
from pytorch_learning.checks import files

with checks.exercise("Checkpoint"), files.folder() as place:
    inputs, classes = torch.randn(24, 5), torch.randint(3, (24,))
    lost = {
        "model": checks.say("模型的参数或缓冲区", "the model's parameters or buffers"),
        "optimizer": checks.say(
            "优化器的状态（动量、Adam 的滑动平均、步数）",
            "the optimiser's state (momentum, Adam's averages, steps)",
        ),
        "scheduler": checks.say("调度器的状态", "the scheduler's state"),
        "generator": checks.say("打乱次序的生成器", "the generator that shuffles"),
        "random": checks.say(
            "PyTorch 的全局随机数（dropout 用它）",
            "PyTorch's global random numbers (dropout draws from them)",
        ),
    }

    def make(kind, seed):
        torch.manual_seed(seed)
        network = nn.Sequential(
            nn.Linear(5, 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Dropout(0.4), nn.Linear(6, 3)
        )
        if kind == "Adam, OneCycleLR":
            optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
            scheduler = lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=20)
        elif kind == "AdamW, LambdaLR":
            groups = [{"params": network[0].parameters(), "lr": 0.1}, {"params": network[4].parameters()}]
            optimizer = torch.optim.AdamW(groups, lr=0.01)
            scheduler = lr_scheduler.LambdaLR(optimizer, lambda epoch: 1 / (1 + epoch))
        else:
            optimizer = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9, nesterov=True)
            scheduler = lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)
        return network, optimizer, scheduler, torch.Generator().manual_seed(seed)

    def go_on(run, epochs):
        network, optimizer, scheduler, generator = run
        for _ in range(epochs):
            for batch in torch.randperm(24, generator=generator).split(8):
                loss = nn.functional.cross_entropy(network(inputs[batch]), classes[batch])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
            scheduler.step()

    def state_of(run):
        states = [part.state_dict() for part in run[:3]] + [run[3].get_state(), torch.get_rng_state()]
        return copy.deepcopy(dict(zip(lost, states, strict=True)))

    def compare(got, wanted, name, zh, en):
        for part, what in lost.items():
            checks.true(
                files.first_difference(got[part], wanted[part]) is None,
                name + checks.say(f"：{what}{zh}", f": {what} {en}"),
            )

    def attempt(name, method, *arguments):
        try:
            return method(*arguments)
        except AttributeError as error:
            if "Generator' object" in str(error):
                advice = checks.say(
                    "生成器没有 `state_dict`：用 `get_state()` 和 `set_state(…)`",
                    "a generator has no `state_dict`: it is `get_state()` and `set_state(…)`",
                )
            elif "'Checkpoint' object" in str(error):
                advice = checks.say(
                    "`__init__` 收到的要存成属性；`save` 里的东西要写进文件，`load` 的时候可能已经是另一个程序了",
                    "keep what `__init__` is given as attributes, and write what `save` collects to the file: `load` may "
                    "run in another program",
                )
            else:
                raise
            raise checks.CheckFailed(
                f"{name}{checks.say('：', ': ')}{error}{checks.say('：', ': ')}{advice}"
            ) from None

    def check_checkpoint(kind, path, done, left):
        name = f"Checkpoint, {kind}"
        run = make(kind, 1)
        created = state_of(run)
        saver = Checkpoint(*run)
        go_on(run, done)
        before = state_of(run)
        attempt(name + ", save", saver.save, path, done)
        checks.true(
            os.path.exists(path),
            name + checks.say("：`save` 之后 `path` 上没有文件", ": after `save` there is no file at `path`"),
        )
        compare(
            state_of(run),
            before,
            name,
            "在保存时变了：保存只读不写，也不要设种子或抽随机数",
            "changed while saving: only read there, set no seed and draw no random numbers",
        )
        checks.true(
            run[0].training,
            name
            + checks.say(
                "：保存改变了模型的模式，接着训练就错了：不要调用 `eval()`",
                ": saving changed the model's mode, which spoils the training: don't call `eval()`",
            ),
        )
        try:
            torch.load(path, weights_only=True)
        except pickle.UnpicklingError:
            raise checks.CheckFailed(
                name
                + checks.say(
                    "：文件不能用 `weights_only=True` 读：存各个对象的 `state_dict()`，不要存对象本身",
                    ": the file can't be read with `weights_only=True`: save the objects' `state_dict()` and not "
                    "the objects themselves",
                )
            ) from None
        go_on(run, left)
        wanted = state_of(run)
        # As another process would: all there is now is the file.
        moved = place / "moved.pt"
        os.replace(path, moved)
        other = make(kind, 2)
        go_on(other, 1)
        for target, what in (
            (other, checks.say("全新的对象", "new objects")),
            (run, checks.say("原来的对象", "the same objects")),
        ):
            parameters = [id(p) for p in target[0].parameters()]
            where = f"{name}, load ({what})"
            loader = Checkpoint(*target)
            epoch = attempt(where, loader.load, moved if isinstance(path, os.PathLike) else str(moved))
            checks.equal(epoch, done, name=where)
            restored = state_of(target)
            checks.true(
                done == 0 or files.first_difference(restored["optimizer"], created["optimizer"]) is not None,
                where
                + checks.say(
                    "：恢复成了造 `Checkpoint` 时的样子：状态要在 `save` 里取，不是在 `__init__` 里",
                    ": what came back is the state when the `Checkpoint` was made: take it in `save`, not in `__init__`",
                ),
            )
            compare(
                restored,
                before,
                where,
                "没有恢复到保存时的样子",
                "did not come back as it was when saved",
            )
            checks.true(
                target[0].training,
                where
                + checks.say(
                    "：模型到了评估模式：接着练要在训练模式，不要调用 `eval()`",
                    ": the model is in eval mode now: to train on it has to be in train mode, so don't call `eval()`",
                ),
            )
            checks.true(
                parameters == [id(p) for p in target[0].parameters()],
                where
                + checks.say(
                    "：模型的参数换成了别的张量，优化器认不得：用 `load_state_dict`",
                    ": the model's parameters are other tensors now, unknown to the optimiser: use `load_state_dict`",
                ),
            )
            go_on(target, left)
            compare(
                state_of(target),
                wanted,
                where,
                "在接着练以后和没有中断的不同",
                "differ from the uninterrupted training's after going on",
            )

    check_checkpoint("SGD, StepLR", place / "checkpoint.pt", 3, 3)
    check_checkpoint("Adam, OneCycleLR", str(place / "checkpoint.pt"), 2, 2)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_checkpoint("AdamW, LambdaLR", place / "检查点 1.pt", 4, 2)
        check_checkpoint("SGD, StepLR", str(place / "检查点 2"), 1, 4)
        check_checkpoint("Adam, OneCycleLR", place / "zero.pt", 0, 3)
        # Two checkpoints of two runs, saved before either is loaded.
        first, second = make("SGD, StepLR", 3), make("Adam, OneCycleLR", 4)
        savers = Checkpoint(*first), Checkpoint(*second)
        go_on(first, 1)
        go_on(second, 2)
        kept = state_of(first)
        savers[0].save(place / "first.pt", 7)
        savers[1].save(place / "second.pt", 4)
        go_on(first, 2)
        numbers = [savers[1].load(place / "second.pt"), savers[0].load(place / "first.pt")]
        name = checks.say("Checkpoint，两次训练", "Checkpoint, two trainings")
        checks.equal(numbers, [4, 7], name=name)
        compare(
            state_of(first), kept, name, "没有恢复到保存时的样子", "did not come back as it was when saved"
        )
        torch.save(
            {"epoch": 1, "model": files.Trap(), "optimizer": files.Trap(), "state": [files.Trap()]},
            place / "trap.pt",
        )
        with files.no_code_runs("Checkpoint, load"), contextlib.suppress(Exception):
            savers[0].load(place / "trap.pt")
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ### 找到最近的检查点
#
# 程序重新启动时，先看文件夹里有没有检查点，有就从最新的那个接着练。名字里带着轮次，例如 `epoch-12.pt`。当心：名字按**文字**排序时，`epoch-9.pt` 排在 `epoch-12.pt` 后面，因为字符 9 比 1 大。
#
# 下面用正则表达式挑名字：`\d+` 是一个或几个数字，`\.` 就是点，`fullmatch` 要求**整个**名字都符合，符合时 `group(1)` 是括号里的那一段，不符合时得到 `None`。

# %% [markdown] tags=["en"]
# ### Finding the latest checkpoint
#
# When a program starts again, it first looks for checkpoints in the folder and goes on from the latest. The epoch is in the name, as in `epoch-12.pt`. Beware: sorted as **text**, `epoch-9.pt` comes after `epoch-12.pt`, since the character 9 is greater than 1.
#
# A regular expression picks the names below: `\d+` is one digit or more, `\.` is a dot, `fullmatch` wants the **whole** name to match; if it does, `group(1)` is what the brackets caught, and if not, you get `None`.

# %%
names = ["epoch-9.pt", "epoch-12.pt", "best.pt", "epoch-12.pt.part"]
print(sorted(names))
for name in names:
    match = re.fullmatch(r"epoch-(\d+)\.pt", name)
    print(f"{name:<17}", int(match.group(1)) if match else None)

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 7.7b · 从哪里接着练（2 分）
#
# 写函数 `latest_checkpoint(folder)`：返回文件夹里轮次最大的检查点，一个 `Path`；一个也没有就返回 `None`。`folder` 是 `str` 或 `Path`。
#
# 检查点的名字是 `epoch-` 加一个整数加 `.pt`，例如 `epoch-7.pt`。别的文件（`best.pt`、`epoch-7.pt.part`、`epoch-last.pt`、`my-epoch-7.pt`……）都不算。
#
# 例：文件夹里有 `epoch-9.pt`、`epoch-12.pt` 和 `best.pt`，`latest_checkpoint(folder).name` 得到 `'epoch-12.pt'`。
#
# <details><summary>提示 1</summary>要比的是数，不是文字。</details>
# <details><summary>提示 2</summary>上面的 <code>re.fullmatch</code> 既挑得出检查点，也给出轮次。</details>
# <details><summary>提示 3</summary><code>Path(folder).iterdir()</code> 走遍文件夹，每个 <code>Path</code> 有 <code>.name</code>。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 7.7b · Where to go on from (2 points)
#
# Write `latest_checkpoint(folder)`: return the checkpoint in the folder with the highest epoch, a `Path`, or `None` if there is none. `folder` is a `str` or a `Path`.
#
# A checkpoint's name is `epoch-`, a whole number and `.pt`, such as `epoch-7.pt`. Other files (`best.pt`, `epoch-7.pt.part`, `epoch-last.pt`, `my-epoch-7.pt` …) don't count.
#
# Example: if the folder has `epoch-9.pt`, `epoch-12.pt` and `best.pt`, `latest_checkpoint(folder).name` gives `'epoch-12.pt'`.
#
# <details><summary>Hint 1</summary>Compare numbers, not text.</details>
# <details><summary>Hint 2</summary>The <code>re.fullmatch</code> above both picks the checkpoints and gives the epoch.</details>
# <details><summary>Hint 3</summary><code>Path(folder).iterdir()</code> goes through a folder, and each <code>Path</code> has a <code>.name</code>.</details>


# %% nbgrader={"grade": false, "grade_id": "latest_checkpoint", "locked": false, "schema_version": 3, "solution": true, "task": false}
def latest_checkpoint(folder: str | Path) -> Path | None:
    """a folder -> its epoch-N.pt with the highest N, None if there is none"""
    ### BEGIN SOLUTION
    found = {}
    for path in Path(folder).iterdir():
        match = re.fullmatch(r"epoch-(\d+)\.pt", path.name)
        if match:
            found[int(match.group(1))] = path
    return found[max(found)] if found else None
    ### END SOLUTION


# %% tags=["exercise"]
for name in names:
    (folder / name).touch()
latest_checkpoint(folder).name

# %% nbgrader={"grade": true, "grade_id": "latest_checkpoint-test", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import os
import re
from pathlib import Path

from pytorch_learning import checks
from pytorch_learning.checks import files

with checks.exercise("latest_checkpoint"):

    def check_latest(present, wanted, as_text=False):
        name = f"latest_checkpoint({', '.join(present) or checks.say('空文件夹', 'empty folder')})"
        mark = checks.say("：", ": ")
        with files.folder() as place:
            for age, entry in enumerate(present):
                (place / entry).write_bytes(b"")
                os.utime(place / entry, (age, age))
            try:
                got = latest_checkpoint(str(place) if as_text else place)
            except (ValueError, IndexError, KeyError) as error:
                raise checks.CheckFailed(
                    f"{name}{mark}{type(error).__name__}: {error}{mark}"
                    + checks.say(
                        "有的文件不是检查点，也可能一个检查点都没有",
                        "some files are no checkpoints, and there may be none at all",
                    )
                ) from None
            except (AttributeError, TypeError) as error:
                if "string or bytes-like" in str(error):
                    advice = checks.say(
                        "`re.fullmatch` 比的是文字：用 `Path` 的 `.name`",
                        "`re.fullmatch` looks at text: give it the `.name` of the `Path`",
                    )
                elif as_text or "'iterdir'" in str(error):
                    advice = checks.say(
                        "`folder` 可能是 `str`：先写 `Path(folder)`",
                        "`folder` may be a `str`: begin with `Path(folder)`",
                    )
                elif "'str' object" in str(error):
                    advice = checks.say(
                        "这是文字，不是 `Path`：`os.listdir` 给出名字，`Path(folder).iterdir()` 给出 `Path`",
                        "that is text and no `Path`: `os.listdir` gives names, `Path(folder).iterdir()` gives `Path`s",
                    )
                else:
                    raise
                raise checks.CheckFailed(
                    f"{name}{mark}{type(error).__name__}: {error}{mark}{advice}"
                ) from None
            left = sorted(path.name for path in place.iterdir())
            checks.true(
                left == sorted(present), name + mark + checks.say("文件夹变了", "the folder has changed")
            )
            if wanted is None:
                advice = (
                    checks.say(
                        f"{Path(str(got)).name} 不是检查点：整个名字都要对",
                        f"{Path(str(got)).name} is no checkpoint: the whole name has to match",
                    )
                    if got
                    else checks.say("一个也没有，应返回 None", "there is none, so return None")
                )
                checks.true(got is None, name + mark + advice)
                return
            checks.true(
                got is not None,
                name
                + mark
                + checks.say(
                    "得到 None：有检查点，没有找到；或者忘了 `return`",
                    "got None: there is a checkpoint, but it was not found, or `return` is missing",
                ),
            )
            checks.true(
                isinstance(got, Path),
                name
                + mark
                + checks.say(
                    f"要 `Path`，得到 {type(got).__name__}", f"a `Path` is wanted, {type(got).__name__} came"
                ),
            )
            if re.fullmatch(r"epoch-\d+\.pt", got.name) is None:
                advice = checks.say(
                    "这不是检查点：整个名字都要对", "that is no checkpoint: the whole name has to match"
                )
            elif got.name == max(entry for entry in present if re.fullmatch(r"epoch-\d+\.pt", entry)):
                advice = checks.say(
                    "按文字比较了：要比轮次的大小，先 `int(…)`",
                    "compared as text: compare the epochs, after `int(…)`",
                )
            else:
                advice = checks.say(
                    "这不是轮次最大的：比的是轮次（不是文字、时间或大小）",
                    "that is not the highest epoch: compare epochs (not text, times or sizes)",
                )
            checks.true(
                got.name == wanted, f"{name}{mark}{checks.say('得到', 'got')} {got.name}{mark}{advice}"
            )
            checks.true(
                got == place / wanted,
                name + mark + checks.say("要带着文件夹的完整的路径", "the path should include its folder"),
            )

    check_latest(["epoch-3.pt", "epoch-9.pt", "epoch-12.pt", "best.pt"], "epoch-12.pt")
    check_latest(["epoch-3.pt", "epoch-4.pt.part"], "epoch-3.pt", as_text=True)
    check_latest([], None)
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_latest(["epoch-0.pt"], "epoch-0.pt")
        check_latest(["best.pt", "epoch-last.pt", "epoch-.pt", "my-epoch-7.pt", "epoch-5.pth"], None)
        check_latest(["epoch-8.pt", "my-epoch-77.pt", "epoch-1000.pt.part"], "epoch-8.pt")
        check_latest([f"epoch-{n}.pt" for n in (1, 2, 10, 100, 99, 20)], "epoch-100.pt", as_text=True)
        check_latest(
            ["epoch-7.pt", "epoch-10.pt", "epoch-30_pt", "epoch-40.pt2", "epoch-5-50.pt"], "epoch-10.pt"
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 7.8 离开源代码
#
# 读状态字典，要先有类的代码。手机上、服务器上、别人的程序里，往往没有。**导出**（export）把模型变成一张固定的计算图，连同权重存在一个文件里：`torch.export.export` 拿一批例子走一遍 `forward`，记下对张量做的每一步。Python 的 `if` 和循环按这一次走的路固定下来；要看张量里的数才知道怎么走的 `if`，它会拒绝。
#
# 导出之前先 `eval()`：训练模式也会固定下来，dropout 就永远在扔数了。还要说明哪个维度是可变的，否则例子有 2 张图片，以后就只认 2 张。可变的维度用 `torch.export.Dim` 起个名字；例子里它至少要是 2（是 1 的话，就当成固定的了）。

# %% [markdown] tags=["en"]
# ## 7.8 Without the source
#
# To load a state dict you need the code of the class. On a phone, on a server, in somebody else's program it is often not there. To **export** a model is to turn it into a fixed graph of operations and save that together with the weights: `torch.export.export` runs `forward` on a batch of examples and notes each step that is done to tensors. Python's `if`s and loops are fixed as they went this time; an `if` that depends on the numbers in a tensor is refused.
#
# Before you export, call `eval()`: train mode would be fixed as well, and dropout would go on dropping for ever. And say which dimension may vary; otherwise, if your example has 2 pictures, it will be 2 for good. A dimension that varies gets a name with `torch.export.Dim`; in the example it has to be at least 2 (with 1 it is taken as fixed).

# %%
model.eval()
batch_size = torch.export.Dim("batch_size")
program = torch.export.export(model, (images[:2],), dynamic_shapes=({0: batch_size},))
for node in program.graph.nodes:
    if node.op == "call_function":
        print(node.target)

# %% [markdown] tags=["zh"]
# 导出得到的程序里只有张量运算，没有类。`torch.export.save` 存成 `.pt2` 文件，`torch.export.load(…).module()` 读回来，像模型一样调用。它和原来的结果一样，批次多大都行：

# %% [markdown] tags=["en"]
# The exported program consists of operations on tensors; the class is not in it. `torch.export.save` writes a `.pt2` file, and `torch.export.load(…).module()` reads it back as something you can call like the model. It gives the same results, for a batch of any size:

# %%
torch.export.save(program, folder / "garments.pt2")
runnable = torch.export.load(folder / "garments.pt2").module()
for count in (1, 2, 100):
    print(count, torch.allclose(runnable(unseen[:count]), model(unseen[:count]), atol=1e-5))

fixed = torch.export.export(model, (images[:2],)).module()
try:
    fixed(unseen[:100])
except AssertionError as error:
    print("without dynamic_shapes:", error)

# %% [markdown] tags=["zh"]
# 真的到「别处」去：另起一个 Python 进程，那里没有 `Network` 这个类，只有两个文件，一个是模型，一个是图片。（新进程要重新导入 PyTorch，得等几秒。）

# %% [markdown] tags=["en"]
# And now really elsewhere: in a new Python process, which has no class `Network` but only two files, the model and some pictures. (The new process has to import PyTorch again, which takes a few seconds.)

# %%
script = """
import sys
import torch

model = torch.export.load(sys.argv[1]).module()
pictures = torch.load(sys.argv[2], weights_only=True)
print("Network" in globals(), *model(pictures).argmax(1).tolist())
"""
torch.save(unseen[:8].clone(), folder / "pictures.pt")
command = [sys.executable, "-c", script, str(folder / "garments.pt2"), str(folder / "pictures.pt")]
elsewhere = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
print("the class is there:", elsewhere[0])
print("the same classes:", elsewhere[1:] == [str(i) for i in model(unseen[:8]).argmax(1).tolist()])

# %% [markdown] tags=["zh"]
# 预处理（除以 255、归一化）最好写进模型的 `forward`，一起导出，用的人就不会弄错。
#
# 你还会遇到：**ONNX**，很多框架都认的一种格式，用 `torch.onnx.export` 导出（要另装 `onnx` 和 `onnxscript`）；TorchScript（`torch.jit`），从前的办法，已经不再推荐。导出的文件和权重文件一样，只打开你信得过的。

# %% [markdown] tags=["en"]
# It is best to write preprocessing (dividing by 255, normalising) into the model's `forward` and export it along, so that nobody who uses the model can get it wrong.
#
# You will also meet **ONNX**, a format that many frameworks know, exported with `torch.onnx.export` (which needs `onnx` and `onnxscript`), and TorchScript (`torch.jit`), the old way, which is no longer recommended. Exported files are like files of weights: open only those that you trust.

# %% [markdown] tags=["zh", "exercise"]
# #### 练习 7.8 · 导出模型（3 分）
#
# 写函数 `export_model(model, example, path)`：把模型导出到 `path`（以 `.pt2` 结尾，`str` 或 `Path`）。`example` 是一批例子，形状 `(n, …)`，n ≥ 2。读回来的程序：
#
# - 对任何 n ≥ 1 的批次，结果都和评估模式下的模型一样；
# - 和导出之前是什么模式无关。
#
# 导出之后，模型还是原来的模式，参数和缓冲区都没有变。
#
# 例：`export_model(nn.Linear(3, 2), torch.rand(4, 3), path)` 之后，`torch.export.load(path).module()(torch.rand(7, 3)).shape` 得到 `torch.Size([7, 2])`。
#
# <details><summary>提示 1</summary>先记住模式，导出，再恢复。</details>
# <details><summary>提示 2</summary>输入的第 0 维是可变的：<code>dynamic_shapes</code>。</details>
# <details><summary>提示 3</summary><code>model.training</code> 记着模式，<code>model.train(…)</code> 把它设回来。</details>

# %% [markdown] tags=["en", "exercise"]
# #### Exercise 7.8 · Exporting a model (3 points)
#
# Write `export_model(model, example, path)`: export the model to `path` (which ends in `.pt2`; a `str` or a `Path`). `example` is a batch of examples of shape `(n, …)` with n ≥ 2. The program read back from there:
#
# - gives the same as the model in eval mode, for batches of any n ≥ 1;
# - whatever mode the model was in when it was exported.
#
# Afterwards the model is in the mode it was in, and its parameters and buffers have not changed.
#
# Example: after `export_model(nn.Linear(3, 2), torch.rand(4, 3), path)`, `torch.export.load(path).module()(torch.rand(7, 3)).shape` gives `torch.Size([7, 2])`.
#
# <details><summary>Hint 1</summary>Note the mode, export, and set the mode back.</details>
# <details><summary>Hint 2</summary>Dimension 0 of the input varies: <code>dynamic_shapes</code>.</details>
# <details><summary>Hint 3</summary><code>model.training</code> has the mode, and <code>model.train(…)</code> sets it.</details>


# %% nbgrader={"grade": false, "grade_id": "export_model", "locked": false, "schema_version": 3, "solution": true, "task": false}
def export_model(model: nn.Module, example: torch.Tensor, path: str | Path) -> None:
    """Write the model in eval mode to path, for batches of any size."""
    ### BEGIN SOLUTION
    mode = model.training
    model.eval()
    any_number = {0: torch.export.Dim("samples")}
    exported = torch.export.export(model, (example,), dynamic_shapes=(any_number,))
    torch.export.save(exported, path)
    model.train(mode)
    ### END SOLUTION


# %% tags=["exercise"]
export_model(nn.Linear(3, 2), torch.rand(4, 3), folder / "linear.pt2")
torch.export.load(folder / "linear.pt2").module()(torch.rand(7, 3)).shape

# %% nbgrader={"grade": true, "grade_id": "export_model-test", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# 检查 · Check
import copy
import logging
import os
from unittest import mock

import torch
from torch import nn

from pytorch_learning import checks
from pytorch_learning.checks import files


class Pictures(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Flatten(), nn.Linear(12, 6), nn.BatchNorm1d(6), nn.Dropout(0.5))
        self.head = nn.Linear(6, 3)

    def forward(self, images):
        return torch.relu(self.head(self.body(images / 2)))


with checks.exercise("export_model"), files.folder() as place:
    mark = checks.say("：", ": ")
    slips = {
        "tuple of example": checks.say(
            "例子要放在元组里，每个输入一项：`(example,)`，逗号不能少",
            "the examples go into a tuple, one for each input: `(example,)`, with its comma",
        ),
        "its top-level keys": checks.say(
            "`dynamic_shapes` 是一个元组，每个输入一项：`({0: …},)`，逗号不能少",
            "`dynamic_shapes` is a tuple, one item for each input: `({0: …},)`, with its comma",
        ),
        "Unexpected dimension mapped": checks.say(
            "可变的维度要写成 `torch.export.Dim(…)`",
            "a dimension that varies is a `torch.export.Dim(…)`",
        ),
        "Constraints violated": checks.say(
            "可变的只能是第 0 维；把整个 `example` 交给它，只有 1 个样本就当成固定的了",
            "only dimension 0 can vary; give it the whole `example`, since a batch of 1 is taken as fixed",
        ),
        "'ep' parameter": checks.say(
            "先是 `torch.export.export` 得到的程序，再是路径：`torch.export.save(program, path)`",
            "first the program that `torch.export.export` gives, then the path: `torch.export.save(program, path)`",
        ),
    }

    def check_export(network, example, path, name):
        name = f"export_model({name}, {checks.say('一批', 'a batch of')} {len(example)}, path)"
        with torch.no_grad():
            for value in network.state_dict().values():
                value.copy_(torch.rand(value.shape) + 0.5 if value.is_floating_point() else torch.tensor(3))
        before = copy.deepcopy(network.state_dict())
        kept, mode = example.clone(), network.training
        reference = copy.deepcopy(network).eval()
        try:
            export_model(network, example, path)
        except Exception as error:
            for words, advice in slips.items():
                if words in str(error):
                    raise checks.CheckFailed(f"{name}{mark}{type(error).__name__}{mark}{advice}") from None
            raise
        checks.true(
            os.path.exists(path),
            name
            + mark
            + checks.say(
                "`path` 上没有文件：还要 `torch.export.save`",
                "there is no file at `path`: `torch.export.save` is still to come",
            ),
        )
        try:
            with mock.patch.object(logging.getLogger("torch.export"), "disabled", True):
                program = torch.export.load(path).module()
        except Exception:
            raise checks.CheckFailed(
                name
                + mark
                + checks.say(
                    "`torch.export.load` 读不了这个文件：用 `torch.export.save` 存导出的程序",
                    "`torch.export.load` can't read the file: write the exported program with `torch.export.save`",
                )
            ) from None
        checks.true(
            files.first_difference(dict(network.state_dict()), dict(before)) is None,
            name
            + mark
            + checks.say("模型的参数或缓冲区变了", "the model's parameters or buffers have changed"),
        )
        for count in (len(example), 1, 2, 5):
            x = torch.rand(count, *example.shape[1:])
            with torch.no_grad():
                try:
                    got, again = program(x), program(x)
                except Exception:
                    raise checks.CheckFailed(
                        name
                        + mark
                        + checks.say(
                            f"读回来的程序不接受 n 为 {count} 的批次：第 0 维要可变（`dynamic_shapes`）",
                            f"the program does not take a batch of {count}: dimension 0 has to vary (`dynamic_shapes`)",
                        )
                    ) from None
                right = reference(x)
            checks.true(
                isinstance(got, torch.Tensor) and got.shape == right.shape,
                name
                + mark
                + checks.say("结果的形状和模型的不同", "its result has another shape than the model's"),
            )
            checks.true(
                torch.equal(got, again) and torch.allclose(got, right, rtol=1e-4, atol=1e-5),
                name
                + mark
                + checks.say(
                    "结果和评估模式下的模型不同：导出之前要 `eval()`，权重要是模型自己的",
                    "its result differs from the model's in eval mode: call `eval()` before exporting, and export "
                    "the model's own weights",
                ),
            )
        checks.true(
            network.training == mode,
            name
            + mark
            + checks.say(
                "模型的模式变了：导出之后恢复原来的",
                "the model's mode has changed: set it back after exporting",
            ),
        )
        checks.true(
            torch.equal(example, kept), name + mark + checks.say("`example` 变了", "`example` has changed")
        )

    check_export(nn.Linear(3, 2), torch.rand(4, 3), place / "linear.pt2", "Linear")
    check_export(Pictures(), torch.rand(2, 3, 4), str(place / "pictures.pt2"), "model")
    ### BEGIN HIDDEN TESTS
    with checks.hidden():
        check_export(Pictures().eval(), torch.rand(3, 1, 3, 4), place / "模型 1.pt2", "model")
        noisy = nn.Sequential(nn.Conv2d(1, 2, 2), nn.BatchNorm2d(2), nn.ReLU(), nn.Flatten(), nn.Dropout(0.3))
        check_export(noisy, torch.rand(6, 1, 4, 4), str(place / "模型 2.pt2"), "model")
        check_export(
            nn.Sequential(nn.Dropout(0.9), nn.Linear(2, 2)), torch.rand(2, 2), place / "x.pt2", "model"
        )
    ### END HIDDEN TESTS

# %% [markdown] tags=["zh"]
# ## 现在你会了
#
# - 说出状态字典里有什么、没有什么，什么时候要复制它；
# - 保存和读取权重，用 `eval()` 准备好；知道为什么总要 `weights_only=True`；
# - 把设置和权重存在一起，在没有 GPU 的机器上读 GPU 上存的文件；
# - 只装合适的一部分，为新任务换掉最后一层；
# - 原子地保存，从检查点接着练，和没有中断过逐位相同；
# - 导出模型，在没有源代码的地方运行。
#
# 接下来读：PyTorch 官方的 [Saving and Loading Models 教程](https://pytorch.org/tutorials/beginner/saving_loading_models.html)、[序列化的说明](https://pytorch.org/docs/stable/notes/serialization.html)和 [`torch.export`](https://pytorch.org/docs/stable/export.html)。

# %% [markdown] tags=["en"]
# ## What you can do now
#
# - say what is in a state dict and what is not, and when it has to be copied;
# - save and load weights, get the model ready with `eval()`, and say why it is always `weights_only=True`;
# - save settings along with weights, and load a file from a GPU on a machine that has none;
# - load only the part that fits, and replace the last layer for a new task;
# - save atomically, and go on from a checkpoint without a bit of difference;
# - export a model and run it where its source is not.
#
# Read on: PyTorch's own tutorial [Saving and Loading Models](https://pytorch.org/tutorials/beginner/saving_loading_models.html), its [notes on serialisation](https://pytorch.org/docs/stable/notes/serialization.html) and [`torch.export`](https://pytorch.org/docs/stable/export.html).

# %% [markdown] tags=["zh", "exercise"]
# ## 成绩
#
# 运行下面的单元格，看看每道练习的情况。没有通过的，回去再试；改完答案要重新运行检查单元格。

# %% [markdown] tags=["en", "exercise"]
# ## Your points
#
# Run the cell below to see how each exercise stands. Go back to those that have not passed; after changing an answer, run its check again.

# %% tags=["exercise"]
checks.summary("07_saving")
