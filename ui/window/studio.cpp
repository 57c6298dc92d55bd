#include "ui/window/studio.h"

#include "ui/bridge/dataset_bridge.h"
#include "ui/configuration/option_panel.h"
#include "ui/configuration/presets.h"
#include "ui/data/data_page.h"
#include "ui/data/demo_button.h"
#include "ui/data/demo_start.h"
#include "ui/listen/listen_page.h"
#include "ui/runs/runs_page.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/training/training_page.h"
#include "ui/widgets/empty_state.h"
#include "ui/window/configuration_controller.h"
#include "ui/window/forecast_controller.h"
#include "ui/window/listen_controller.h"
#include "ui/window/main_window.h"
#include "ui/window/runs_controller.h"
#include "ui/window/training_controller.h"
#include "ui/window/window_controller.h"
#include "ui/window/workspace_controller.h"

#include <QDir>
#include <QMessageBox>

namespace headroom::ui {

Studio::Studio(Services services, Theme& theme)
    : services_(std::move(services)), window_(std::make_unique<MainWindow>()),
      options_(new OptionPanel(config_, theme)) {
    const Preset first = presets().front();
    config_.setBaseline(first.title, first.file, first.config);
    config_.history().clear();
    window_->setSettings(options_);
    settings_ = std::make_unique<ConfigurationController>(config_, *options_, *window_);
    if (services_.forecast)
        forecast_ = std::make_unique<ForecastController>(
            std::move(services_.forecast), std::move(services_.measure), config_, *options_, *window_, theme);
    if (services_.training)
        training_ =
            std::make_unique<TrainingController>(std::move(services_.training), config_, *window_, theme);
    if (services_.listening && services_.separation)
        listen_ = std::make_unique<ListenController>(
            std::move(services_.listening), std::move(services_.separation), config_,
            training_ ? &training_->run() : nullptr, *window_, theme);
    if (services_.dataset) {
        dataset_ = std::make_unique<DatasetBridge>(std::move(services_.dataset));
        demo_ = std::make_unique<DemoStart>(*dataset_, config_);
        data_ = new DataPage(*dataset_, config_);
        data_->setObjectName(QStringLiteral("data"));
        window_->addPage(data_, tr("Data"), {.settingsOpen = false, .compactHeadroom = true});
    }
    if (services_.runs && training_)
        runs_ =
            std::make_unique<RunsController>(std::move(services_.runs), training_->run(), *window_, theme);
    connectParts();
    if (demo_)
        offerBeginnings();
    windowController_ =
        std::make_unique<WindowController>(*window_, theme, forecast_ ? &forecast_->forecast() : nullptr);
    workspace_ = std::make_unique<WorkspaceController>(config_, *settings_, *window_, runs_.get(),
                                                       training_ ? &training_->run() : nullptr);
}

void Studio::connectParts() {
    if (runs_) {
        connect(runs_.get(), &RunsController::opened, window_.get(),
                [this] { window_->showPage(&training_->page()); });
    }
    if (training_) {
        connect(&training_->run(), &RunModel::stateChanged, options_,
                [this] { options_->setRunning(training_->run().running()); });
        settings_->setKeptElsewhere([this] { return training_->run().keepsSetting(); });
    }
    if (data_ != nullptr)
        connectSongs();
    if (listen_ && training_) {
        training_->page().offerListening(true);
        connect(&training_->page(), &TrainingPage::listenRequested, listen_.get(),
                [this](const QString& run, int, qint64 step) { listen_->listenTo(run, step); });
    }
    if (listen_ && data_ != nullptr) {
        data_->offerPlaying(true);
        connect(data_, &DataPage::playRequested, listen_.get(),
                [this](const QString&, const QString& song) { listen_->play(song); });
    }
    if (!forecast_ || !training_)
        return;
    ForecastModel& forecast = forecast_->forecast();
    connect(&forecast, &ForecastModel::changed, &training_->page(), [this, &forecast] {
        std::optional<std::int64_t> bytes;
        // Only where the run is on the device that the forecast is about.
        if (const auto& made = forecast.forecast(); made && forecast.cardIsHere())
            bytes = forecast.cardIsProcessor() ? made->peakAllocated : made->deviceTotal;
        training_->page().setForecast(bytes);
    });
    RunModel& run = training_->run();
    forecast_->followRun(run);
    if (StepProfiling* measurement = forecast_->measurement())
        connect(&run, &RunModel::stateChanged, measurement,
                [measurement, &run] { measurement->setDeviceTaken(run.running()); });
    connect(&run, &RunModel::historyChanged, &forecast, [&run, &forecast] {
        const auto& step = run.history().lastStep();
        if (run.running() && forecast.cardIsHere() && !forecast.cardIsProcessor() && step && step->memory &&
            step->memory->others)
            forecast.measureOthers(*step->memory->others);
    });
}

/// Songs that are opened become the setting's, unless that is a run's: then the page asks.
void Studio::connectSongs() {
    settings_->setSongsTaker([this](const QString& folder) {
        data_->openFolder(folder);
        if (data_->offers())
            window_->showPage(data_);
    });
    if (!training_)
        return;
    RunModel& run = training_->run();
    const auto tell = [this, &run] {
        data_->setRunName(run.runConfig() ? QDir(run.folder()).dirName() : QString());
    };
    connect(&run, &RunModel::stateChanged, data_, tell);
    connect(&run, &RunModel::opened, data_, tell);
}

/// Where a page is empty, one can begin from there.
void Studio::offerBeginnings() {
    std::vector<EmptyState*> pages = {&data_->emptyState()};
    if (training_)
        pages.push_back(&training_->page().emptyState());
    if (listen_)
        pages.push_back(&listen_->page().emptyState());
    if (runs_)
        pages.push_back(&runs_->page().emptyState());
    for (EmptyState* page : pages)
        page->add(new DemoButton(*demo_));
    if (training_) {
        auto* open = new QPushButton(themeIcon(QStringLiteral("folder")), tr("Open my songs…"));
        connect(open, &QPushButton::clicked, data_, &DataPage::chooseFolder);
        training_->page().emptyState().add(open);
    }
    connect(demo_.get(), &DemoStart::failed, window_.get(), [this](const QString& message) {
        QMessageBox::warning(window_.get(), tr("The demo songs cannot be composed"), message);
    });
    connect(demo_.get(), &DemoStart::ready, window_.get(), [this] {
        if (!training_ || training_->run().running())
            return;
        training_->run().startNew();
        window_->showPage(&training_->page());
    });
}

bool Studio::busy() const {
    const bool inspects = dataset_ && (dataset_->busy() || dataset_->composing());
    return (forecast_ && forecast_->busy()) || inspects || (listen_ && listen_->page().model().busy());
}

Studio::~Studio() = default;

} // namespace headroom::ui
