#pragma once

#include "ui/configuration/config_model.h"
#include "ui/window/services.h"

#include <QObject>

#include <memory>

namespace headroom::ui {

class DataPage;
class DatasetBridge;
class DemoStart;
class EmptyState;
class ForecastController;
class OptionPanel;
class ListenController;
class MainWindow;
class RunsController;
class ConfigurationController;
class Theme;
class TrainingController;
class WindowController;
class WorkspaceController;

/// The studio put together: services, the models on them, and the window with its pages. GUI thread. What is
/// declared first goes last, so that nothing answers a widget that is gone.
class Studio : public QObject {
    Q_OBJECT

public:
    Studio(Services services, Theme& theme);
    ~Studio() override;

    MainWindow& window() { return *window_; }
    ConfigModel& config() { return config_; }
    ConfigurationController& settings() { return *settings_; }
    TrainingController* training() { return training_.get(); } ///< null without its service
    RunsController* runs() { return runs_.get(); }             ///< null without its service
    ListenController* listen() { return listen_.get(); }       ///< null without its services

    /// Whether something that the window shows is still being worked out, training apart.
    bool busy() const;

private:
    void connectParts();
    void connectSongs();
    void offerBeginnings();

    Services services_;
    ConfigModel config_;
    std::unique_ptr<MainWindow> window_;
    OptionPanel* options_;
    std::unique_ptr<ConfigurationController> settings_;
    std::unique_ptr<ForecastController> forecast_; ///< null without its service
    std::unique_ptr<TrainingController> training_; ///< null without its service
    std::unique_ptr<DatasetBridge> dataset_;       ///< null without its service
    std::unique_ptr<DemoStart> demo_;              ///< null without that
    DataPage* data_ = nullptr;                     ///< of the window; null without that
    std::unique_ptr<RunsController> runs_;         ///< null without its service, and without training
    std::unique_ptr<ListenController> listen_;     ///< null without its services
    std::unique_ptr<WindowController> windowController_;
    std::unique_ptr<WorkspaceController> workspace_;
};

} // namespace headroom::ui
