#pragma once

#include "ui/bridge/run_archive.h"
#include "ui/runs/run_follower.h"

#include <QObject>
#include <QString>

#include <memory>

namespace headroom::ui {

class MainWindow;
class RunModel;
class RunsPage;
class Theme;

/// The part of the studio that knows the runs there are: their page, and how one of them is opened and
/// followed. GUI thread.
class RunsController : public QObject {
    Q_OBJECT

public:
    /// @param run, window, theme outlive this
    RunsController(std::unique_ptr<RunStore> store, RunModel& run, MainWindow& window, Theme& theme);

    /// Makes a run folder the run of the window, with its setting and its curves. Not while one is in
    /// progress.
    void open(const QString& folder);
    RunsPage& page() { return *page_; }

Q_SIGNALS:
    void opened();

private:
    RunModel& run_;
    MainWindow& window_;
    RunArchive archive_;
    RunFollower follower_;
    RunsPage* page_; ///< of the window
};

} // namespace headroom::ui
