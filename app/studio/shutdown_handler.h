// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "app/stop_signals.h"

#include <QObject>

#include <array>

namespace headroom::ui {
class Studio;
}

namespace headroom::app {

/// Ends the studio when the system asks for it: on a signal of stopSignals(), at the end of the desktop
/// session, or when the display is lost. Stops and saves the current run without asking. At most one object
/// at a time. GUI thread.
class ShutdownHandler : public QObject {
    Q_OBJECT

public:
    explicit ShutdownHandler(ui::Studio& studio);
    ~ShutdownHandler() override;

    /// Stops and saves the run, then exits the event loop: with stoppedExitCode, or with 1 if the run could
    /// not be saved.
    void end();
    /// Stops and saves the run; returns when that is done.
    void save();

private:
    void listen();
    void onSignal();
    void exitAfterRun();

    ui::Studio& studio_;
    StopRequest request_;
    std::array<int, 2> pipe_{-1, -1};
};

} // namespace headroom::app
