// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/stop_signals.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <csignal>

using namespace headroom::app;
using namespace std::chrono_literals;

namespace {

using Meaning = StopRequest::Meaning;

constexpr StopRequest::Clock::time_point begin{};

} // namespace

class TestStopSignals : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void signalsWithinASecondAreOneRequest() {
        StopRequest request;
        QCOMPARE(request.take(SIGINT, begin), Meaning::Stop);
        QCOMPARE(request.take(SIGINT, begin), Meaning::Nothing);
        QCOMPARE(request.take(SIGTERM, begin + 1us), Meaning::Nothing);
        QCOMPARE(request.take(SIGINT, begin + 999ms), Meaning::Nothing);
    }
    void secondCtrlCQuits() {
        StopRequest request;
        QCOMPARE(request.take(SIGTERM, begin), Meaning::Stop);
        QCOMPARE(request.take(SIGINT, begin + 1s), Meaning::Quit);
    }
    void secondSigtermQuits() {
        StopRequest request;
        QCOMPARE(request.take(SIGTERM, begin), Meaning::Stop);
        QCOMPARE(request.take(SIGTERM, begin + 1s), Meaning::Quit);
    }
    /// The terminal sends SIGHUP, the shell forwards it, and the end of the session sends SIGTERM.
    void signalsAtTheEndOfASessionAreOneRequest() {
        StopRequest request;
        QCOMPARE(request.take(SIGHUP, begin), Meaning::Stop);
        QCOMPARE(request.take(SIGHUP, begin + 5s), Meaning::Nothing);
        QCOMPARE(request.take(SIGTERM, begin + 9s), Meaning::Nothing);
        QCOMPARE(request.take(SIGTERM, begin + 9s + 1us), Meaning::Nothing);
    }
    void signalsAtTheEndOfABatchJobAreOneRequest() {
        StopRequest request;
        QCOMPARE(request.take(SIGUSR1, begin), Meaning::Stop);
        QCOMPARE(request.take(SIGUSR1, begin + 60s), Meaning::Nothing);
        QCOMPARE(request.take(SIGTERM, begin + 300s), Meaning::Nothing);
    }
    void leavesOutHangupIfItIsIgnored() {
        const auto hasHangup = [] { return std::ranges::count(stopSignals(), SIGHUP) == 1; };
        QVERIFY(hasHangup());
        const auto before = std::signal(SIGHUP, SIG_IGN);
        QVERIFY(!hasHangup());
        std::signal(SIGHUP, before);
    }
};

HEADROOM_TEST_MAIN(TestStopSignals)
#include "tst_stop_signals.moc"
