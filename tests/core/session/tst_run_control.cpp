// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/session/run_control.h"
#include "tests/support/strict_main.h"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

using headroom::RunControl;

namespace {
const auto ignore = [] {};
}

class TestRunControl : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requestsAreTakenOnce() {
        RunControl control;
        QVERIFY(!control.takeSaveRequest());
        control.requestSave();
        QVERIFY(control.takeSaveRequest());
        QVERIFY(!control.takeSaveRequest());
        control.changeOption({"a", "1"});
        control.changeOption({"b", "2"});
        const auto changes = control.takeOptionChanges();
        QCOMPARE(changes.size(), std::size_t{2});
        QCOMPARE(changes[0].key, std::string("a"));
        QCOMPARE(changes[1].value, std::string("2"));
        QVERIFY(control.takeOptionChanges().empty());
    }
    void requestEndsTheWait() {
        constexpr auto never = std::chrono::steady_clock::time_point::max();
        RunControl control;
        control.waitForRequest({}); // in the past
        control.requestSave();
        control.waitForRequest(never);
        QVERIFY(!control.takeSaveRequest());
        std::jthread other([&] { control.requestSave(); });
        control.waitForRequest(never);
        std::jthread last([&] { control.requestStop(); });
        control.waitForRequest(never);
        QVERIFY(control.stopRequested());
    }
    void doesNotWaitUnlessPaused() {
        RunControl control;
        QVERIFY(!control.waitWhilePaused([] { QFAIL("not paused"); }, ignore, ignore));
    }
    void resumeEndsThePause() {
        RunControl control;
        std::string events;
        control.pause();
        // Resuming from the callback must not lose the wake-up.
        QVERIFY(control.waitWhilePaused(
            [&] {
                events += "paused ";
                control.resume();
            },
            ignore, [&] { events += "resumed"; }));
        QCOMPARE(events, std::string("paused resumed"));
    }
    void resumeFromAnotherThreadEndsThePause() {
        RunControl control;
        control.pause();
        std::atomic_bool paused = false;
        std::atomic_bool resumed = false;
        std::jthread loop([&] {
            control.waitWhilePaused(
                [&] {
                    paused = true;
                    paused.notify_all();
                },
                ignore, [&] { resumed = true; });
        });
        paused.wait(false);
        QVERIFY(!resumed);
        control.resume();
        loop.join();
        QVERIFY(resumed);
    }
    void stopEndsThePauseWithoutResuming() {
        RunControl control;
        control.pause();
        QVERIFY(control.waitWhilePaused([&] { control.requestStop(); }, ignore,
                                        [] { QFAIL("stopped, not resumed"); }));
        QVERIFY(!control.waitWhilePaused([] { QFAIL("stopped"); }, ignore, ignore));
    }
    void savesDuringThePause() {
        RunControl control;
        control.pause();
        int saves = 0;
        control.waitWhilePaused([&] { control.requestSave(); },
                                [&] {
                                    if (++saves < 3)
                                        control.requestSave();
                                    else
                                        control.resume();
                                },
                                ignore);
        QCOMPARE(saves, 3);
    }
};

HEADROOM_TEST_MAIN(TestRunControl)
#include "tst_run_control.moc"
