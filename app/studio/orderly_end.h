#pragma once

#include "app/stop_signals.h"

#include <QObject>

#include <array>

namespace headroom::ui {
class Studio;
}

namespace headroom::app {

/// Ends the studio when the system asks for it: by a signal of stopSignals(), because the session ends, or
/// because the display is gone. A run that is going is stopped, which saves it; the user is not asked. At
/// most one at a time. GUI thread.
class OrderlyEnd : public QObject {
    Q_OBJECT

public:
    explicit OrderlyEnd(ui::Studio& studio);
    ~OrderlyEnd() override;

    /// Stops and saves the run, and then ends the event loop: with stoppedExitCode, or 1 where the run could
    /// not be saved.
    void end();
    /// Stops and saves the run before it returns.
    void save();

private:
    void listen();
    void onSignal();
    void leave(); ///< once the run has ended

    ui::Studio& studio_;
    StopRequest request_;
    std::array<int, 2> pipe_{-1, -1};
};

} // namespace headroom::app
