"""Who ends with whom."""

import os
import signal
import subprocess
import time

from harness import SECONDS, SpawnerTest, alive, await_true


# Ours among the processes of the machine.
LONG = "987.%d" % os.getpid()


class Lifetime(SpawnerTest):
    def sandboxed_sleep(self):
        p = self.start("run", "sh", "-c", "echo up; setsid sleep %s & exec sleep %s" % (LONG, LONG))
        self.assertEqual(p.stdout.readline(), b"up\n")
        pid = self.message("started")["pid"]
        await_true(lambda: len(self.sleepers()) == 2, what="both sleep")
        return p, pid

    @staticmethod
    def sleepers():
        found = []
        for d in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/cmdline" % d, "rb") as f:
                    if f.read() == b"sleep\0%s\0" % LONG.encode() and alive(int(d)):
                        found.append(int(d))
            except OSError:
                pass
        return found

    def all_gone(self):
        await_true(lambda: not self.sleepers(), what="nothing of the run is left")

    def test_daemons_die_with_the_command(self):
        code, _, _ = self.sh("(setsid sleep %s >/dev/null 2>&1 &) ; sleep 0.1; echo up" % LONG)
        self.assertEqual(code, 0)
        self.all_gone()

    def test_signals_reach_the_command(self):
        p = self.start("run", "sh", "-c", "trap 'echo got; exit 9' TERM; echo up; while :; do sleep 0.05; done")
        p.stdout.readline()
        p.send_signal(signal.SIGTERM)
        self.assertEqual((p.communicate(timeout=SECONDS)[0], p.returncode), (b"got\n", 9))

    def test_the_launcher_s_death_ends_the_run(self):
        p, _ = self.sandboxed_sleep()
        p.kill()
        self.all_gone()
        self.assertEqual(self.message("exited")["signal"], signal.SIGKILL)
        p.communicate()

    def test_the_service_can_kill(self):
        p, _ = self.sandboxed_sleep()
        self.agent.send({"t": "kill", "id": self.message("request")["id"], "reason": "test"})
        p.communicate(timeout=SECONDS)
        self.assertEqual(p.returncode, 137)
        self.all_gone()

    def test_a_caller_that_gives_up_is_reported(self):
        p = self.start("run", "true", wish={"silent": True})
        self.message("request")
        p.send_signal(signal.SIGINT)
        p.communicate(timeout=SECONDS)
        self.assertEqual((p.returncode, self.message("failed")["stage"]), (130, "client"))

    def test_the_keeper_s_death_ends_the_run(self):
        p, pid = self.sandboxed_sleep()
        keeper = pid
        while open("/proc/%d/comm" % keeper).read() != "cordon-keeper\n":
            keeper = int(open("/proc/%d/stat" % keeper).read().rsplit(")", 1)[1].split()[1])
        os.kill(keeper, signal.SIGKILL)
        _, err = p.communicate(timeout=SECONDS)
        self.assertEqual((p.returncode, self.message("failed")["stage"]), (125, "keeper"))
        self.all_gone()

    def test_the_spawner_s_death_ends_everything(self):
        p, _ = self.sandboxed_sleep()
        self.agent.process.kill()
        p.communicate(timeout=SECONDS)
        self.assertEqual(p.returncode, 125)
        self.all_gone()
        self.agent.process.wait()
        self.start_agent()
        self.assertEqual(self.run_in("true")[0], 0)

    def test_the_service_s_death_ends_everything(self):
        p, _ = self.sandboxed_sleep()
        self.agent.process.stdin.close()
        p.communicate(timeout=SECONDS)
        self.all_gone()
        self.assertEqual(self.agent.process.wait(SECONDS), 0)
        self.assertFalse(os.path.exists(self.agent.socket))
        self.start_agent()

    def test_the_status_is_told_when_the_run_is_recorded_or_after_a_while(self):
        self.agent.hold = True
        self.addCleanup(setattr, self.agent, "hold", False)
        began = time.monotonic()
        p = self.start("run", "sh", "-c", "exit 5")
        self.message("exited")
        self.assertTrue(p.poll() is None or time.monotonic() - began > 2)
        self.agent.send({"t": "recorded", "id": self.message("request")["id"]})
        self.assertEqual(p.wait(SECONDS), 5)
        p.communicate()
        self.assertEqual(self.sh("exit 6")[0], 6)

    def test_no_group_is_left_behind(self):
        self.run_in("true")
        pid = self.agent.process.pid
        groups = lambda: [g for root, dirs, _ in os.walk("/sys/fs/cgroup") for g in dirs if g.startswith("run-%d-" % pid)]
        await_true(lambda: not groups(), what="groups removed")

    def test_second_spawner_on_the_same_socket_gives_up(self):
        p = subprocess.run([self.top + "/cordon-spawner", "--socket", self.agent.socket], stdin=subprocess.PIPE, capture_output=True, timeout=SECONDS)
        self.assertEqual(p.returncode, 2)
        self.assertIn(b"another agent is running", p.stderr)
        self.assertEqual(self.run_in("true")[0], 0)
