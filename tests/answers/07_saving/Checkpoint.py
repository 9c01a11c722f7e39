# %% one key each kind="right"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator

    def save(self, path, epoch):
        torch.save(
            {
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "scheduler": self.scheduler.state_dict(),
                "shuffle": self.generator.get_state(),
                "rng": torch.get_rng_state(),
                "epoch": epoch,
            },
            path,
        )

    def load(self, path):
        state = torch.load(path, map_location="cpu")
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.scheduler.load_state_dict(state["scheduler"])
        self.generator.set_state(state["shuffle"])
        torch.set_rng_state(state["rng"])
        return state["epoch"]


# %% a list, saved atomically kind="right"
class Checkpoint:
    def __init__(self, *parts):
        self.parts, self.generator = parts[:3], parts[3]

    def save(self, path, epoch):
        path = Path(path)
        part = path.with_name(path.name + ".part")
        states = [p.state_dict() for p in self.parts]
        torch.save([epoch, states, self.generator.get_state(), torch.random.get_rng_state()], part)
        os.replace(part, path)

    def load(self, path):
        epoch, states, shuffle, rng = torch.load(path, weights_only=True)
        for part, state in zip(self.parts, states):
            part.load_state_dict(state)
        self.generator.set_state(shuffle)
        torch.random.set_rng_state(rng)
        return epoch


# %% more than needed kind="right"
import random


class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.parts = dict(model=model, optimizer=optimizer, scheduler=scheduler)
        self.generator = generator

    def save(self, path, epoch):
        state = {k: copy.deepcopy(v.state_dict()) for k, v in self.parts.items()}
        state |= {"generator": self.generator.get_state().clone(), "torch": torch.get_rng_state()}
        state |= {"python": random.getstate(), "numbers": torch.tensor([epoch]), "version": torch.__version__ + ""}
        torch.save(state, str(path))

    def load(self, path):
        state = torch.load(str(path))
        for k, v in self.parts.items():
            v.load_state_dict(state[k])
        version, internal, gauss = state["python"]
        random.setstate((version, tuple(internal), gauss))
        torch.set_rng_state(state["torch"])
        self.generator.set_state(state["generator"])
        return int(state["numbers"])


# %% weights only kind="wrong" zh="优化器的状态" en="the optimiser's state"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model = model

    def save(self, path, epoch):
        torch.save({"model": self.model.state_dict(), "epoch": epoch}, path)

    def load(self, path):
        state = torch.load(path)
        self.model.load_state_dict(state["model"])
        return state["epoch"]


# %% no optimiser kind="wrong" zh="优化器的状态" en="the optimiser's state"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator

    def save(self, path, epoch):
        torch.save(
            [self.model.state_dict(), self.scheduler.state_dict(), self.generator.get_state(), torch.get_rng_state(), epoch],
            path,
        )

    def load(self, path):
        model, scheduler, generator, rng, epoch = torch.load(path)
        self.model.load_state_dict(model)
        self.scheduler.load_state_dict(scheduler)
        self.generator.set_state(generator)
        torch.set_rng_state(rng)
        return epoch


# %% no scheduler kind="wrong" zh="调度器的状态" en="the scheduler's state"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator

    def save(self, path, epoch):
        torch.save(
            [self.model.state_dict(), self.optimizer.state_dict(), self.generator.get_state(), torch.get_rng_state(), epoch],
            path,
        )

    def load(self, path):
        model, optimizer, generator, rng, epoch = torch.load(path)
        self.model.load_state_dict(model)
        self.optimizer.load_state_dict(optimizer)
        self.generator.set_state(generator)
        torch.set_rng_state(rng)
        return epoch


# %% no generator kind="wrong" zh="打乱次序的生成器" en="the generator that shuffles"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator

    def save(self, path, epoch):
        states = [self.model.state_dict(), self.optimizer.state_dict(), self.scheduler.state_dict()]
        torch.save([*states, torch.get_rng_state(), epoch], path)

    def load(self, path):
        model, optimizer, scheduler, rng, epoch = torch.load(path)
        self.model.load_state_dict(model)
        self.optimizer.load_state_dict(optimizer)
        self.scheduler.load_state_dict(scheduler)
        torch.set_rng_state(rng)
        return epoch


# %% no global random numbers kind="wrong" zh="全局随机数" en="global random numbers"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator

    def save(self, path, epoch):
        states = [self.model.state_dict(), self.optimizer.state_dict(), self.scheduler.state_dict()]
        torch.save([*states, self.generator.get_state(), epoch], path)

    def load(self, path):
        model, optimizer, scheduler, generator, epoch = torch.load(path)
        self.model.load_state_dict(model)
        self.optimizer.load_state_dict(optimizer)
        self.scheduler.load_state_dict(scheduler)
        self.generator.set_state(generator)
        return epoch


# %% the seeds kind="wrong" zh="打乱次序的生成器" en="the generator that shuffles"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator

    def save(self, path, epoch):
        states = [self.model.state_dict(), self.optimizer.state_dict(), self.scheduler.state_dict()]
        torch.save([*states, self.generator.initial_seed(), torch.initial_seed(), epoch], path)

    def load(self, path):
        model, optimizer, scheduler, shuffle, seed, epoch = torch.load(path)
        self.model.load_state_dict(model)
        self.optimizer.load_state_dict(optimizer)
        self.scheduler.load_state_dict(scheduler)
        self.generator.manual_seed(shuffle)
        torch.manual_seed(seed)
        return epoch


# %% sets a seed when saving kind="wrong" zh="不要设种子" en="set no seed"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator

    def save(self, path, epoch):
        torch.manual_seed(epoch)
        self.generator.manual_seed(epoch)
        states = [self.model.state_dict(), self.optimizer.state_dict(), self.scheduler.state_dict()]
        torch.save([*states, epoch], path)

    def load(self, path):
        model, optimizer, scheduler, epoch = torch.load(path)
        self.model.load_state_dict(model)
        self.optimizer.load_state_dict(optimizer)
        self.scheduler.load_state_dict(scheduler)
        torch.manual_seed(epoch)
        self.generator.manual_seed(epoch)
        return epoch


# %% puts the model into eval mode and leaves out buffers kind="wrong" zh="模型的参数或缓冲区" en="the model's parameters or buffers"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator

    def save(self, path, epoch):
        weights = {k: p.detach() for k, p in self.model.named_parameters()}
        states = [weights, self.optimizer.state_dict(), self.scheduler.state_dict()]
        torch.save([*states, self.generator.get_state(), torch.get_rng_state(), epoch], path)

    def load(self, path):
        model, optimizer, scheduler, generator, rng, epoch = torch.load(path)
        self.model.load_state_dict(model, strict=False)
        self.optimizer.load_state_dict(optimizer)
        self.scheduler.load_state_dict(scheduler)
        self.generator.set_state(generator)
        torch.set_rng_state(rng)
        return epoch


# %% the objects themselves kind="wrong" zh="不要存对象本身" en="not the objects themselves"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator

    def save(self, path, epoch):
        torch.save([self.model, self.optimizer, self.generator.get_state(), torch.get_rng_state(), epoch], path)

    def load(self, path):
        self.model, self.optimizer, generator, rng, epoch = torch.load(path, weights_only=False)
        self.generator.set_state(generator)
        torch.set_rng_state(rng)
        return epoch


# %% weights_only off kind="wrong" zh="`weights_only=False`" en="`weights_only=False`"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.parts = [model, optimizer, scheduler]
        self.generator = generator

    def save(self, path, epoch):
        torch.save([[p.state_dict() for p in self.parts], self.generator.get_state(), torch.get_rng_state(), epoch], path)

    def load(self, path):
        states, generator, rng, epoch = torch.load(path, weights_only=False)
        for part, state in zip(self.parts, states):
            part.load_state_dict(state)
        self.generator.set_state(generator)
        torch.set_rng_state(rng)
        return epoch


# %% forgets to return the epoch kind="wrong" zh="忘了 `return`" en="forget `return`"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.parts = [model, optimizer, scheduler]
        self.generator = generator

    def save(self, path, epoch):
        torch.save([[p.state_dict() for p in self.parts], self.generator.get_state(), torch.get_rng_state(), epoch], path)

    def load(self, path):
        states, generator, rng, self.epoch = torch.load(path)
        for part, state in zip(self.parts, states):
            part.load_state_dict(state)
        self.generator.set_state(generator)
        torch.set_rng_state(rng)


# %% counts the next epoch kind="wrong" zh="结果" en="value"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.parts = [model, optimizer, scheduler]
        self.generator = generator

    def save(self, path, epoch):
        torch.save([[p.state_dict() for p in self.parts], self.generator.get_state(), torch.get_rng_state(), epoch], path)

    def load(self, path):
        states, generator, rng, epoch = torch.load(path)
        for part, state in zip(self.parts, states):
            part.load_state_dict(state)
        self.generator.set_state(generator)
        torch.set_rng_state(rng)
        return epoch + 1


# %% keeps it in memory kind="wrong" zh="`path` 上没有文件" en="there is no file at `path`"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model = model

    def save(self, path, epoch):
        self.state = copy.deepcopy(self.model.state_dict()), epoch

    def load(self, path):
        self.model.load_state_dict(self.state[0])
        return self.state[1]


# %% draws a number after restoring kind="wrong" zh="全局随机数" en="global random numbers"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.parts = [model, optimizer, scheduler]
        self.generator = generator

    def save(self, path, epoch):
        torch.save([[p.state_dict() for p in self.parts], self.generator.get_state(), torch.get_rng_state(), epoch], path)

    def load(self, path):
        states, generator, rng, epoch = torch.load(path)
        self.generator.set_state(generator)
        torch.set_rng_state(rng)
        torch.rand(1)
        for part, state in zip(self.parts, states):
            part.load_state_dict(state)
        return epoch


# %% assigns the tensors kind="wrong" zh="换成了别的张量" en="other tensors now"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.parts = [model, optimizer, scheduler]
        self.generator = generator

    def save(self, path, epoch):
        torch.save([[p.state_dict() for p in self.parts], self.generator.get_state(), torch.get_rng_state(), epoch], path)

    def load(self, path):
        states, generator, rng, epoch = torch.load(path)
        self.parts[0].load_state_dict(states[0], assign=True)
        self.parts[1].load_state_dict(states[1])
        self.parts[2].load_state_dict(states[2])
        self.generator.set_state(generator)
        torch.set_rng_state(rng)
        return epoch


# %% eval out of habit kind="wrong" zh="不要调用 `eval()`" en="don't call `eval()`"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.parts = [model, optimizer, scheduler]
        self.generator = generator

    def save(self, path, epoch):
        torch.save([[p.state_dict() for p in self.parts], self.generator.get_state(), torch.get_rng_state(), epoch], path)

    def load(self, path):
        states, generator, rng, epoch = torch.load(path)
        for part, state in zip(self.parts, states):
            part.load_state_dict(state)
        self.parts[0].eval()
        self.generator.set_state(generator)
        torch.set_rng_state(rng)
        return epoch


# %% with the default generator kind="right"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.all = {"m": model, "o": optimizer, "s": scheduler}
        self.generators = [generator, torch.default_generator]

    def save(self, path, epoch):
        with open(path, "wb") as file:
            state = {key: part.state_dict() for key, part in self.all.items()}
            torch.save(state | {"e": epoch, "g": [g.get_state() for g in self.generators]}, file)

    def load(self, path):
        with open(path, "rb") as file:
            state = torch.load(file)
        for generator, own in zip(self.generators, state["g"]):
            generator.set_state(own)
        for key, part in self.all.items():
            part.load_state_dict(state[key])
        return state["e"]


# %% takes the state too early kind="wrong" zh="不是在 `__init__` 里" en="not in `__init__`"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator
        self.states = {"model": model.state_dict(), "optimizer": optimizer.state_dict(),
            "scheduler": scheduler.state_dict(), "generator": generator.get_state(), "random": torch.get_rng_state()}
    def save(self, path, epoch):
        torch.save({"epoch": epoch, **self.states}, path)
    def load(self, path):
        saved = torch.load(path, map_location="cpu", weights_only=True)
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.scheduler.load_state_dict(saved["scheduler"])
        self.generator.set_state(saved["generator"])
        torch.set_rng_state(saved["random"])
        return saved["epoch"]


# %% keeps a part in memory kind="wrong" zh="可能已经是另一个程序了" en="may run in another program"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator
    def save(self, path, epoch):
        self.epoch = epoch
        self.random = torch.get_rng_state()
        torch.save({"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(),
            "scheduler": self.scheduler.state_dict(), "generator": self.generator.get_state()}, path)
    def load(self, path):
        saved = torch.load(path, map_location="cpu", weights_only=True)
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.scheduler.load_state_dict(saved["scheduler"])
        self.generator.set_state(saved["generator"])
        torch.set_rng_state(self.random)
        return self.epoch


# %% a generator's state dict kind="wrong" zh="用 `get_state()`" en="it is `get_state()`"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator
    def save(self, path, epoch):
        torch.save({"epoch": epoch, "model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(),
            "scheduler": self.scheduler.state_dict(), "generator": self.generator.state_dict(), "random": torch.get_rng_state()}, path)
    def load(self, path):
        saved = torch.load(path, map_location="cpu", weights_only=True)
        return saved["epoch"]


# %% takes the scheduler's count for the epoch kind="wrong" zh="两次训练" en="two trainings"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.model, self.optimizer, self.scheduler, self.generator = model, optimizer, scheduler, generator
    def save(self, path, epoch):
        torch.save({"model": self.model.state_dict(), "optimizer": self.optimizer.state_dict(),
            "scheduler": self.scheduler.state_dict(), "generator": self.generator.get_state(), "random": torch.get_rng_state()}, path)
    def load(self, path):
        saved = torch.load(path, map_location="cpu", weights_only=True)
        self.model.load_state_dict(saved["model"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.scheduler.load_state_dict(saved["scheduler"])
        self.generator.set_state(saved["generator"])
        torch.set_rng_state(saved["random"])
        return self.scheduler.last_epoch


# %% eval while saving kind="wrong" zh="保存改变了模型的模式" en="saving changed the model's mode"
class Checkpoint:
    def __init__(self, model, optimizer, scheduler, generator):
        self.parts = [model, optimizer, scheduler]
        self.generator = generator

    def save(self, path, epoch):
        self.parts[0].eval()
        states = [part.state_dict() for part in self.parts]
        torch.save([states, self.generator.get_state(), torch.get_rng_state(), epoch], path)

    def load(self, path):
        states, generator, random, epoch = torch.load(path, weights_only=True)
        for part, state in zip(self.parts, states):
            part.load_state_dict(state)
        self.generator.set_state(generator)
        torch.set_rng_state(random)
        return epoch
