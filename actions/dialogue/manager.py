"""Who gets a turn: the task under way, a new task, or a digression after which the task goes on.

Rasa's rules have sorted the intent into a *task*, a *question* of the FAQ or *conversation*; this decides
what that means here and now. The order of the decisions is the behaviour:

1. what was found out since the last turn is told first (a payment whose outcome was unknown);
2. dropping, repeating, restarting and changing the language work at any point;
3. the task under way gets every message it understands;
4. another task is done first, then the one put aside is taken up again;
5. a question is answered, then the task under way goes on;
6. several requests in one message are served in their order, each before what was under way is taken up;
7. what is not understood starts nothing.
"""

from collections.abc import Callable, Mapping

from actions import failures
from actions.billing.errors import BillingError, IdentityNotAccepted
from actions.dialogue.desk import Desk
from actions.dialogue.digressions import Digressions
from actions.dialogue.offers import taken_up
from actions.dialogue.task import OUTCOME, RETRY, YES_OR_NO, Task
from actions.payment_words import total
from actions.say import Choice
from languages.answers import tries_again
from languages.formats import MASK
from sessions.context import TaskState

IDENTIFY = "identify"


class Manager:
    """Runs one turn at a desk; ``tasks`` are the wishes by the intent that starts them."""

    def __init__(self, desk: Desk, tasks: Mapping[str, type[Task]], answer: Callable[[Desk], None]) -> None:
        self.desk = desk
        self._tasks = tasks
        self._answer = answer
        self._digressions = Digressions(desk)

    async def take_turn(self) -> None:
        """Serve the message; something is always said."""
        if self._tell_news() and self.desk.turn.kind == "conversation":
            return  # what was said was about the payment just told of
        if MASK in self.desk.turn.text:
            self.desk.say.reply("secret_pasted")
        if self.desk.turn.requests:
            first, *others = self.desk.turn.requests
            self.desk.context.wait(others)
            self.desk.turn = self.desk.turn.of_request(first)
        else:
            self._take_up_an_offer()
        await self._serve()
        await self._serve_those_waiting()

    def _take_up_an_offer(self) -> None:
        command = taken_up(self.desk.turn, self.desk.context)
        if command is not None:
            self.desk.turn = self.desk.turn.of_choice(command)

    async def _serve(self) -> None:
        if self._drops_the_task():
            self._drop()
            await self._take_up()
        elif self._digressions.is_about_the_conversation() and not self._is_expected():
            self._digressions.serve()
            if self.desk.turn.intent != "repeat":  # the question is what was said last
                await self._take_up()
        elif self._is_for_the_task_under_way():
            await self._continue()
        elif self.desk.turn.intent in self._tasks:
            await self._begin(self.desk.turn.intent)
        elif self.desk.turn.kind == "question":
            self._answer(self.desk)
            await self._take_up()
        else:
            await self._serve_the_rest()

    # -- what the message is ----------------------------------------------------------------------
    def _is_expected(self) -> bool:
        """What was asked for is an answer, whatever else it looks like: a bare value, a clear yes, "try again"."""
        task, turn = self._current(), self.desk.turn
        if task is None:
            return False
        says_yes_or_no = task.state.question in YES_OR_NO and turn.clear_answer is not None
        gives_a_value = turn.is_only_values and task.understands()
        return says_yes_or_no or gives_a_value or self._tries_again(task) or task.answers()

    def _tries_again(self, task: Task) -> bool:
        waits_for_it = task.state.question in (RETRY, OUTCOME)
        return waits_for_it and (self.desk.turn.intent == "repeat" or tries_again(self.desk.turn.text))

    def _is_for_the_task_under_way(self) -> bool:
        state = self._bring_up_the_task_chosen() or self.desk.context.current
        return state is not None and (self._is_expected() or self._task(state).understands())

    def _bring_up_the_task_chosen(self) -> TaskState | None:
        """A choice of a task put aside brings that task back on top."""
        context = self.desk.context
        name = (self.desk.turn.choice or {}).get("task")
        state = context.find(name) if name else None
        if state is not None and context.current is not None and context.current.name != IDENTIFY:
            context.begin(state)
        return state

    def _drops_the_task(self) -> bool:
        task = self._current()
        turn = self.desk.turn
        if task is not None and self._tries_again(task):
            return False
        if task is not None and task.state.question == RETRY and turn.intent == "deny":
            return True
        drops = turn.intent == "cancel" and not turn.is_only_values
        return drops or (task is not None and turn.intent in task.dropped_by)

    # -- what is done with it ---------------------------------------------------------------------
    async def _begin(self, intent: str) -> None:
        """A new wish; the one under way is put aside beneath it."""
        state = self._put_on_top(TaskState(name=intent))
        task = self._task(state)
        task.take()
        await self._run(task)

    def _put_on_top(self, state: TaskState) -> TaskState:
        """More wishes at once than are kept: nobody must wait for one that was let go in silence."""
        before = list(self.desk.context.tasks)
        self.desk.context.begin(state)
        kept = {one.name for one in self.desk.context.tasks}
        for one in before:
            if one.name not in kept:
                self._tell_of_one_let_go(one)
        return state

    def _tell_of_one_let_go(self, state: TaskState) -> None:
        if state.question == OUTCOME:
            self.desk.say.reply("dropped_unknown")
        else:
            self.desk.say.reply("dropped", task=state.name)

    async def _continue(self) -> None:
        state = self.desk.context.current
        if state is None:
            return
        task = self._task(state)
        task.listen()
        await self._run(task)

    async def _take_up(self) -> None:
        """Put the question of the task under way again, if there is one."""
        task = self._current()
        if task is not None:
            self.desk.say.reply("back_to_task", task=task.name)
            await self._run(task)

    async def _run(self, task: Task) -> None:
        """Go on with a task; when it is done, with the one beneath it."""
        try:
            done = await task.go_on()
        except IdentityNotAccepted as refusal:
            await self._identify(refusal)
        except BillingError as error:
            self._fail(task, error)
        else:
            if done:
                self.desk.context.end(task.state)
                await self._go_on_beneath(task)

    async def _go_on_beneath(self, finished: Task) -> None:
        if finished.name != IDENTIFY and self.desk.context.waiting:
            await self._serve_the_next_waiting()
            return
        beneath = self._current()
        if beneath is None:
            return
        if finished.name != IDENTIFY:
            self.desk.say.reply("back_to_task", task=beneath.name)
        await self._run(beneath)

    async def _identify(self, refusal: IdentityNotAccepted) -> None:
        """Ask who is there, on top of the task that wants to know."""
        had_identity = self.desk.identity is not None
        if not refusal.fresh:
            self.desk.sessions.identities.end(self.desk.turn.conversation)
        reason = "fresh" if refusal.fresh else "expired" if had_identity else "unknown"
        state = self.desk.context.find(IDENTIFY)  # a code may be on its way for the wish beneath
        if state is None or (state.fields["reason"] == "fresh") != refusal.fresh:
            state = TaskState(name=IDENTIFY, fields={"reason": reason})
        task = self._task(self._put_on_top(state))
        task.take()
        await self._run(task)

    def _fail(self, task: Task, error: BillingError) -> None:
        """Say so and keep the task: it goes on when the customer says so."""
        failures.record(error, self.desk.turn.conversation)
        task.state.question = RETRY
        self.desk.say.reply(
            failures.reply_for(error),
            Choice("retry", "inform", {"task": task.name}),
            Choice("agent", "talk_to_agent"),
        )

    def _drop(self) -> None:
        """Let go of the task under way, and of the question of identity it put."""
        context = self.desk.context
        if context.current is not None and context.current.name == IDENTIFY:
            context.end(context.current)
        state = context.current
        if state is None:
            self.desk.say.reply("nothing_to_cancel")
            return
        context.end(state)
        self._tell_of_one_let_go(state)

    def _tell_news(self) -> bool:
        """Payments found since; whether the task under way was one of them and so is done."""
        drafts, context, done = self.desk.sessions.drafts, self.desk.context, False
        for draft in drafts.news(self.desk.turn.conversation):
            self.desk.say.reply("payment_found", reference=draft.reference, amount=total(draft.order))
            drafts.tell(draft.id)
            for state in [one for one in context.tasks if one.fields.get("draft") == draft.id]:
                done = done or state is context.current
                context.end(state)
        return done

    async def _serve_the_rest(self) -> None:
        if self.desk.turn.intent != "out_of_scope":
            self._digressions.answer_without_a_question()
            await self._take_up()
        elif self._waits_for_an_answer():
            await self._continue()  # the question is put again, in other words
        else:
            self._digressions.refuse(self._tasks)
            await self._take_up()

    def _waits_for_an_answer(self) -> bool:
        """Whether the task under way has put a question; its own words say best what is wanted."""
        state = self.desk.context.current
        return state is not None and state.question not in (None, RETRY)

    # -- several requests in one message ----------------------------------------------------------
    async def _serve_those_waiting(self) -> None:
        """When nothing is under way any more, what else was asked for."""
        while self.desk.context.current is None and self.desk.context.waiting:
            await self._serve_the_next_waiting()

    async def _serve_the_next_waiting(self) -> None:
        request = self.desk.context.waiting.pop(0)
        self.desk.turn = self.desk.turn.of_request(request)
        if self.desk.turn.kind == "task":
            await self._begin(self.desk.turn.intent)
            return
        self._answer(self.desk)
        if not self.desk.context.waiting:
            await self._take_up()

    # -- tasks ------------------------------------------------------------------------------------
    def _current(self) -> Task | None:
        state = self.desk.context.current
        return self._task(state) if state is not None else None

    def _task(self, state: TaskState) -> Task:
        return self._tasks[state.name](self.desk, state)
