#pragma once

#include "ui/models/config_model.h"
#include "ui/services.h"

#include <QObject>

#include <memory>

namespace headroom::ui {

class DataPage;
class DatasetBridge;
class DemoStart;
class EmptyState;
class ForecastStudio;
class KnobPanel;
class ListenStudio;
class MainWindow;
class RunsStudio;
class SettingStudio;
class Theme;
class TrainingStudio;
class WindowStudio;
class WorkspaceStudio;

/// The studio put together: services, the models on them, and the window with its pages. GUI thread. What is
/// declared first goes last, so that nothing answers a widget that is gone.
class Studio : public QObject {
    Q_OBJECT

public:
    Studio(Services services, Theme& theme);
    ~Studio() override;

    MainWindow& window() { return *window_; }
    ConfigModel& config() { return config_; }
    SettingStudio& settings() { return *settings_; }
    TrainingStudio* training() { return training_.get(); } ///< null without its service
    RunsStudio* runs() { return runs_.get(); }             ///< null without its service
    ListenStudio* listen() { return listen_.get(); }       ///< null without its services

    /// Whether something that the window shows is still being worked out, training apart.
    bool busy() const;

private:
    void connectParts();
    void connectSongs();
    void offerBeginnings();

    Services services_;
    ConfigModel config_;
    std::unique_ptr<MainWindow> window_;
    KnobPanel* knobs_;
    std::unique_ptr<SettingStudio> settings_;
    std::unique_ptr<ForecastStudio> forecast_; ///< null without its service
    std::unique_ptr<TrainingStudio> training_; ///< null without its service
    std::unique_ptr<DatasetBridge> dataset_;   ///< null without its service
    std::unique_ptr<DemoStart> demo_;          ///< null without that
    DataPage* data_ = nullptr;                 ///< of the window; null without that
    std::unique_ptr<RunsStudio> runs_;         ///< null without its service, and without training
    std::unique_ptr<ListenStudio> listen_;     ///< null without its services
    std::unique_ptr<WindowStudio> manners_;
    std::unique_ptr<WorkspaceStudio> workspace_;
};

} // namespace headroom::ui
