#pragma once

#include "ui/bridge/listen_bridge.h"

#include <QObject>

#include <memory>

namespace headroom::ui {

class ConfigModel;
class ListenPage;
class MainWindow;
class RunModel;
class Theme;

/// The part of the studio that listens: its page, fed with the data set of the setting, with files that are
/// dropped on the window, and with the run that trains, beside which it takes little of the machine. GUI
/// thread.
class ListenController : public QObject {
    Q_OBJECT

public:
    /// @param run null where nothing trains  @param window outlives this
    ListenController(std::unique_ptr<ListeningService> listening,
                     std::unique_ptr<SeparationService> separation, ConfigModel& config, RunModel* run,
                     MainWindow& window, const Theme& theme);
    ~ListenController() override;

    ListenPage& page() { return *page_; }
    /// Shows the page with the checkpoint of the run that is nearest to a step.
    void listenTo(const QString& runFolder, qint64 step);
    /// Shows the page with a song of the data set of the setting, and plays it. @param title "train/name"
    void play(const QString& title);

private:
    void offerBest();
    void follow(RunModel& run);
    void followDataset();
    void takeDropped(const QString& path);

    ListenBridge bridge_;
    ConfigModel& config_;
    RunModel* run_; ///< null where nothing trains
    MainWindow& window_;
    std::unique_ptr<ListenPage> page_; ///< goes before the bridge, and leaves the window
    QString dataset_;
    bool asked_ = false; ///< for a checkpoint of a run
};

} // namespace headroom::ui
