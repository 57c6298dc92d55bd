#pragma once

#include "ui/bridge/run_archive.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>

namespace headroom::ui {

class MainWindow;
class RunModel;
class RunsPage;
class Theme;

/// The part of the studio that knows the runs of before: their page, and how one of them is taken up again.
/// GUI thread.
class RunsStudio : public QObject {
    Q_OBJECT

public:
    /// @param run, window, theme outlive this
    RunsStudio(std::unique_ptr<RunStore> store, RunModel& run, MainWindow& window, Theme& theme);

    /// Makes a run folder the run of the window, with its setting and its curves. Not while one is going on.
    void open(const QString& folder);

Q_SIGNALS:
    void opened();

private:
    RunModel& run_;
    MainWindow& window_;
    RunArchive archive_;
    RunsPage* page_;            ///< of the window
    std::uint64_t reading_ = 0; ///< number of the history that is being read; 0: none
};

} // namespace headroom::ui
