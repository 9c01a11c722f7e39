# %% clones kind="right"
class Best:
    def __init__(self):
        self.score = -float("inf")

    def update(self, model, score):
        better = score > self.score
        if better:
            self.score = score
            self.state = {k: v.clone() for k, v in model.state_dict().items()}
        return better

    def restore(self, model):
        model.load_state_dict(self.state)


# %% keeps a copy of the model kind="right"
class Best:
    def __init__(self):
        self.score = float("-inf")
        self.model = None

    def update(self, model, score):
        if score <= self.score:
            return False
        self.score, self.model = score, copy.deepcopy(model)
        return True

    def restore(self, model):
        model.load_state_dict(self.model.state_dict())


# %% copies by hand kind="right"
class Best:
    def __init__(self):
        self.score = float("-inf")
        self.kept = {}

    def update(self, model, score):
        if not score > self.score:
            return False
        self.score = score
        self.kept = copy.deepcopy(dict(model.state_dict()))
        return True

    @torch.no_grad()
    def restore(self, model):
        for name, tensor in model.state_dict().items():
            tensor.copy_(self.kept[name])


# %% in a file in memory kind="right"
import io
import math


class Best:
    def __init__(self):
        self.score = -math.inf

    def update(self, model, score):
        if score > self.score:
            self.score = score
            self.file = io.BytesIO()
            torch.save(model.state_dict(), self.file)
            return True
        return False

    def restore(self, model):
        self.file.seek(0)
        model.load_state_dict(torch.load(self.file))


# %% no copy kind="wrong" zh="要先复制" en="copy it first"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        if score > self.score:
            self.score = score
            self.state = model.state_dict()
            return True
        return False

    def restore(self, model):
        model.load_state_dict(self.state)


# %% shallow copy kind="wrong" zh="要先复制" en="copy it first"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        if score > self.score:
            self.score = score
            self.state = model.state_dict().copy()
            return True
        return False

    def restore(self, model):
        model.load_state_dict(self.state)


# %% copies only when restoring kind="wrong" zh="要先复制" en="copy it first"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        if score > self.score:
            self.score = score
            self.state = model.state_dict()
            return True
        return False

    def restore(self, model):
        model.load_state_dict(copy.deepcopy(self.state))


# %% starts at zero kind="wrong" zh="分数可以是负的" en="scores may be negative"
class Best:
    def __init__(self):
        self.score = 0.0

    def update(self, model, score):
        if score > self.score:
            self.score = score
            self.state = copy.deepcopy(model.state_dict())
            return True
        return False

    def restore(self, model):
        model.load_state_dict(self.state)


# %% the last of equals kind="wrong" zh="一样高的不算更好" en="an equal score is no better"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        if score >= self.score:
            self.score = score
            self.state = copy.deepcopy(model.state_dict())
            return True
        return False

    def restore(self, model):
        model.load_state_dict(self.state)


# %% lowest wins kind="wrong" zh="结果" en="value"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        if self.score == float("-inf") or score < self.score:
            self.score = score
            self.state = copy.deepcopy(model.state_dict())
            return True
        return False

    def restore(self, model):
        model.load_state_dict(self.state)


# %% forgets the score kind="wrong" zh="`score` 不是最好的分数" en="`score` is not the best score"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        if score > self.score:
            self.state = copy.deepcopy(model.state_dict())
            return True
        return False

    def restore(self, model):
        model.load_state_dict(self.state)


# %% remembers every time kind="wrong" zh="不是最好的那一次" en="not the state of the best score"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        self.state = copy.deepcopy(model.state_dict())
        better = score > self.score
        self.score = max(score, self.score)
        return better

    def restore(self, model):
        model.load_state_dict(self.state)


# %% returns nothing kind="wrong" zh="忘了 `return`" en="forget `return`"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        if score > self.score:
            self.score = score
            self.state = copy.deepcopy(model.state_dict())

    def restore(self, model):
        model.load_state_dict(self.state)


# %% assigns the tensors kind="wrong" zh="assign=True" en="assign=True"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        if score > self.score:
            self.score = score
            self.state = copy.deepcopy(model.state_dict())
            return True
        return False

    def restore(self, model):
        model.load_state_dict(self.state, assign=True)


# %% restores parameters without buffers kind="wrong" zh="不是最好的那一次" en="not the state of the best score"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        if score > self.score:
            self.score = score
            self.state = {k: p.detach().clone() for k, p in model.named_parameters()}
            return True
        return False

    def restore(self, model):
        model.load_state_dict(self.state, strict=False)


# %% restores only its own copy kind="wrong" zh="没有改动模型" en="did not change the model"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        if score > self.score:
            self.score = score
            self.model = copy.deepcopy(model)
            return True
        return False

    def restore(self, model):
        model = copy.deepcopy(self.model)


# %% shared by all kind="wrong" zh="互相影响" en="affect each other"
class Best:
    kept = {"score": float("-inf")}

    def __init__(self):
        if not Best.kept.get("state"):
            Best.kept["score"] = float("-inf")

    @property
    def score(self):
        return Best.kept["score"] if getattr(self, "used", False) else float("-inf")

    def update(self, model, score):
        if score > self.score:
            self.used = True
            Best.kept.update(score=score, state=copy.deepcopy(model.state_dict()))
            return True
        return False

    def restore(self, model):
        model.load_state_dict(Best.kept["state"])


# %% hands the state back kind="wrong" zh="没有改动模型" en="did not change the model"
class Best:
    def __init__(self):
        self.score = float("-inf")

    def update(self, model, score):
        if score > self.score:
            self.score = score
            self.state = copy.deepcopy(model.state_dict())
            return True
        return False

    def restore(self, model):
        return self.state


# %% attributes of the class kind="wrong" zh="互相影响" en="affect each other"
class Best:
    score = float("-inf")

    def update(self, model, score):
        if score > Best.score:
            Best.score = score
            Best.state = copy.deepcopy(model.state_dict())
            return True
        return False

    def restore(self, model):
        model.load_state_dict(Best.state)


# %% forgets self kind="wrong" zh="`self.…`" en="`self.…`"
class Best:
    def __init__(self):
        score = float("-inf")

    def update(self, model, score):
        if score > self.score:
            self.score = score
            self.state = copy.deepcopy(model.state_dict())
            return True
        return False

    def restore(self, model):
        model.load_state_dict(self.state)
