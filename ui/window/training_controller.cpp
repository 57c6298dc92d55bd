// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/training_controller.h"

#include "core/config/option_table.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/preferences.h"
#include "ui/listen/file_player.h"
#include "ui/runs/run_folder_button.h"
#include "ui/runs/run_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/typography.h"
#include "ui/training/audition_strip.h"
#include "ui/training/run_progress_bar.h"
#include "ui/training/run_status.h"
#include "ui/training/sanity_dialog.h"
#include "ui/training/sanity_minute.h"
#include "ui/training/training_page.h"
#include "ui/widgets/done_notice.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>
#include <QToolBar>

#include <utility>

namespace headroom::ui {

TrainingController::TrainingController(std::unique_ptr<TrainingSession> session, ConfigModel& config,
                                       MainWindow& window, Theme& theme)
    : window_(window), run_(std::move(session), config), actions_(run_), page_(new TrainingPage(run_, theme)),
      status_(std::make_unique<RunStatus>(run_, *window.statusBar())) {
    page_->setObjectName(QStringLiteral("training"));
    window_.addPage(page_, tr("Training"), {.configurationOpen = true, .compactHeadroom = false});
    for (QAction* action : actions_.all()) {
        window_.addAction(MainWindow::Menu::Run, action);
        window_.toolBar().addAction(action);
    }
    auto* folder = new RunFolderButton(run_);
    afterActions_ = window_.toolBar().addWidget(folder);
    connect(folder, &RunFolderButton::folderChosen, this, [&config](const QString& chosen) {
        preferences::setRunsFolder(chosen);
        const Option& option = *findOption("training.output_dir");
        config.set(option, option.get(RunConfig{})); // so that the preference applies
    });
    auto* progress = new RunProgressBar(run_);
    progress->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    window_.toolBar().addWidget(progress);
    window_.toolBar().setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    window_.toolBar().setVisible(true);
    window_.addCloseGuard([this] { return mayClose(); });
    window_.setClosingTask([this] {
        run_.stop(); // saves a checkpoint
        return !run_.running();
    });
    connect(&run_, &RunModel::refused, this, [this](const QString& message) {
        if (!window_.closing())
            QMessageBox::warning(&window_, tr("Training"), message);
    });
    connect(&run_, &RunModel::ended, this, [this] {
        if (window_.closing())
            window_.close();
        else
            notifyDone(window_, tr("Training has ended"), runStateText(run_));
    });
}

TrainingController::~TrainingController() = default;

void TrainingController::addToActions(QWidget* widget) {
    auto* place = new QWidget; // which stays where it is while the widget is hidden
    auto* row = new QHBoxLayout(place);
    row->setContentsMargins(em(0.4), 0, em(0.4), 0);
    row->addWidget(widget);
    window_.toolBar().insertWidget(afterActions_, place);
}

void TrainingController::setDevice(const std::string& device) {
    run_.setDevice(device);
    if (sanityMinute_)
        sanityMinute_->setDevice(device);
}

void TrainingController::addSanityMinute(std::unique_ptr<OverfitService> service, const ConfigModel& config) {
    sanityMinute_ = std::make_unique<SanityMinute>(std::move(service), config);
    auto* action = new QAction(themeIcon(QStringLiteral("target")), tr("Sanity minute"), this);
    action->setToolTip(
        tr("Before a long run: can the model memorize one segment? If not, reports what is probably wrong."));
    window_.addAction(MainWindow::Menu::Run, action);
    window_.toolBar().insertAction(afterActions_, action);
    connect(action, &QAction::triggered, this, &TrainingController::startSanityMinute);
    connect(&run_, &RunModel::stateChanged, action, [this, action] {
        action->setEnabled(!run_.running());
        if (run_.running()) // which needs the device
            sanityMinute_->stop();
    });
}

void TrainingController::startSanityMinute() {
    sanityMinute_->start();
    if (sanityDialog_ == nullptr || !sanityDialog_->isVisible()) { // it may be closed, but not deleted yet
        sanityDialog_ = new SanityDialog(*sanityMinute_, &window_);
        sanityDialog_->setAttribute(Qt::WA_DeleteOnClose);
    }
    sanityDialog_->show();
    sanityDialog_->raise();
}

void TrainingController::addAuditions(std::unique_ptr<ListeningService> service) {
    auditions_ = std::make_unique<FilePlayer>(std::move(service));
    page_->auditions().setPlaybackAvailable(true);
    connect(page_, &TrainingPage::auditionRequested, this, [this](const QString& file) {
        if (file.isEmpty())
            auditions_->stop();
        else
            auditions_->play(file);
    });
    connect(auditions_.get(), &FilePlayer::ended, &page_->auditions(), &AuditionStrip::setStopped);
    connect(auditions_.get(), &FilePlayer::failed, this, [this](const QString& message) {
        page_->auditions().setStopped();
        QMessageBox::warning(&window_, tr("Audition"), message);
    });
}

/// If the user agrees, the closing task then stops the run, which saves it.
bool TrainingController::mayClose() {
    if (!run_.running())
        return true;
    QMessageBox question(QMessageBox::Question, tr("Training is in progress"),
                         tr("Training is in progress (step %1).").arg(run_.history().step()),
                         QMessageBox::NoButton, &window_);
    question.setInformativeText(tr("The run is saved and can be resumed later."));
    const QPushButton* stop = question.addButton(tr("Stop, save and close"), QMessageBox::AcceptRole);
    question.addButton(tr("Keep training"), QMessageBox::RejectRole);
    question.exec();
    return question.clickedButton() == stop;
}

} // namespace headroom::ui
