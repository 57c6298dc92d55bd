#include "ui/window/listen_controller.h"

#include "ui/configuration/config_model.h"
#include "ui/listen/listen_page.h"
#include "ui/runs/run_model.h"
#include "ui/window/main_window.h"

#include <QFileInfo>

#include <utility>

namespace headroom::ui {

ListenController::ListenController(std::unique_ptr<ListeningService> listening,
                                   std::unique_ptr<SeparationService> separation, ConfigModel& config,
                                   RunModel* run, MainWindow& window, const Theme& theme)
    : bridge_(std::move(listening), std::move(separation)), config_(config), run_(run), window_(window),
      page_(std::make_unique<ListenPage>(bridge_, theme)) {
    page_->setObjectName(QStringLiteral("listen"));
    window_.addPage(page_.get(), tr("Listen"), {});
    connect(&config_, &ConfigModel::changed, this, &ListenController::followDataset);
    connect(&window_, &MainWindow::dropped, this, &ListenController::takeDropped);
    if (run != nullptr)
        follow(*run);
    connect(&window_, &MainWindow::pageShown, this, [this](QWidget* page) {
        if (page == page_.get())
            offerBest();
    });
    followDataset();
}

ListenController::~ListenController() = default;

/// Whoever comes to listen and has chosen nothing hears the best that the run has; not while it trains, which
/// that would slow.
void ListenController::offerBest() {
    const bool chosen = page_->model().slot(0).source().kind != ListenSource::Kind::None;
    if (run_ == nullptr || run_->running() || run_->folder().isEmpty() || chosen || asked_)
        return;
    asked_ = true;
    page_->listenToBest(run_->folder());
}

void ListenController::follow(RunModel& run) {
    connect(&run, &RunModel::stateChanged, this, [this, &run] {
        bridge_.separation().setSparing(run.running());
        page_->addRun(run.folder());
    });
}

void ListenController::followDataset() {
    const QString folder = QString::fromStdString(config_.config().data.root);
    if (folder == dataset_ || folder.isEmpty() || !QFileInfo(folder).isDir())
        return;
    dataset_ = folder;
    page_->setDataset(folder, config_.config());
}

void ListenController::takeDropped(const QString& path) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (QFileInfo(path).isDir() || suffix == QStringLiteral("yaml") || suffix == QStringLiteral("yml"))
        return; // a data set or a setting
    if (suffix == QStringLiteral("safetensors"))
        page_->loadWeights(path);
    else
        page_->openFile(path);
    window_.showPage(page_.get());
}

void ListenController::listenTo(const QString& runFolder, qint64 step) {
    asked_ = true;
    page_->listenTo(runFolder, step);
    window_.showPage(page_.get());
}

void ListenController::play(const QString& title) {
    window_.showPage(page_.get());
    page_->playSong(title);
}

} // namespace headroom::ui
