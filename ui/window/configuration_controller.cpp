#include "ui/window/configuration_controller.h"

#include "core/config/option_table.h"
#include "core/session/run_paths.h"
#include "core/support/error.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_panel.h"
#include "ui/configuration/preferences.h"
#include "ui/theme/plain_text.h"
#include "ui/widgets/error_dialog.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QStandardPaths>

namespace headroom::ui {
namespace {

QString yamlFilter() {
    return ConfigurationController::tr("Settings (*.yaml *.yml)");
}

/// Beside the setting that was last opened or saved.
QString suggestedFile() {
    const QStringList recent = preferences::recentFiles();
    const QDir folder(recent.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                                       : QFileInfo(recent.front()).absolutePath());
    return folder.filePath(QStringLiteral("setting.yaml"));
}

} // namespace

ConfigurationController::ConfigurationController(ConfigModel& config, OptionPanel& options,
                                                 MainWindow& window)
    : config_(config), options_(options), window_(window),
      recent_(new QMenu(tr("Open &recent setting"), &window)) {
    addFileActions();
    addEditActions();
    connect(&window, &MainWindow::dropped, this, &ConfigurationController::takeDropped);
    connect(&config, &ConfigModel::changed, this, &ConfigurationController::readTitle);
    window.addCloseGuard([this] { return mayClose(); });
    readTitle();
}

QAction* ConfigurationController::add(int menu, const QString& text, const QKeySequence& keys) {
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    window_.addAction(static_cast<MainWindow::Menu>(menu), action);
    return action;
}

void ConfigurationController::addFileActions() {
    constexpr int file = static_cast<int>(MainWindow::Menu::File);
    connect(add(file, tr("&Open setting..."), QKeySequence::Open), &QAction::triggered, this,
            &ConfigurationController::askAndOpen);
    connect(recent_, &QMenu::aboutToShow, this, &ConfigurationController::fillRecent);
    window_.addAction(MainWindow::Menu::File, recent_->menuAction());
    connect(add(file, tr("&Save setting"), QKeySequence::Save), &QAction::triggered, this,
            &ConfigurationController::save);
    connect(add(file, tr("Save setting &as..."), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)),
            &QAction::triggered, this, &ConfigurationController::askAndSave);
    connect(add(file, tr("&Command line..."), {}), &QAction::triggered, &options_,
            &OptionPanel::showCommandLine);
}

void ConfigurationController::addEditActions() {
    auto* undo = config_.history().createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    auto* redo = config_.history().createRedoAction(this, tr("&Redo"));
    redo->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    window_.addAction(MainWindow::Menu::Edit, undo);
    window_.addAction(MainWindow::Menu::Edit, redo);
    connect(add(static_cast<int>(MainWindow::Menu::Edit), tr("&Find a setting"), QKeySequence::Find),
            &QAction::triggered, this, [this] {
                window_.showSettings();
                options_.focusSearch();
            });
}

void ConfigurationController::fillRecent() {
    recent_->clear();
    const QStringList files = preferences::recentFiles();
    if (files.isEmpty())
        recent_->addAction(tr("none yet"))->setEnabled(false);
    for (const QString& path : files)
        connect(recent_->addAction(plainActionText(path)), &QAction::triggered, this,
                [this, path] { open(path); });
}

void ConfigurationController::askAndOpen() {
    const QString path = QFileDialog::getOpenFileName(&window_, tr("Open setting"), {}, yamlFilter());
    if (!path.isEmpty())
        open(path);
}

void ConfigurationController::open(const QString& path) {
    try {
        config_.load(path.toStdString());
        preferences::addRecentFile(path);
    } catch (const Error& error) {
        ErrorDialog(tr("This setting cannot be opened"), error, &window_).exec();
    }
}

bool ConfigurationController::save() {
    // A preset is the program's, and a run's setting the run's: neither is written over.
    const QFileInfo file(config_.baselineFile());
    const RunPaths run{file.absolutePath().toStdString()};
    const bool ofARun = run.config() == file.filePath().toStdString() && QFileInfo(run.checkpoints()).isDir();
    return file.isAbsolute() && !ofARun ? saveTo(file.filePath()) : askAndSave();
}

bool ConfigurationController::askAndSave() {
    const QString path =
        QFileDialog::getSaveFileName(&window_, tr("Save setting"), suggestedFile(), yamlFilter());
    return !path.isEmpty() && saveTo(path);
}

bool ConfigurationController::saveTo(const QString& path) {
    try {
        config_.save(path.toStdString());
        preferences::addRecentFile(path);
        return true;
    } catch (const Error& error) {
        ErrorDialog(tr("This setting cannot be saved"), error, &window_).exec();
        return false;
    }
}

bool ConfigurationController::mayClose() {
    if (!config_.isModified() || (keptElsewhere_ && keptElsewhere_()))
        return true;
    QMessageBox question(QMessageBox::Question, tr("Unsaved setting"),
                         tr("Save the changes to the setting \"%1\"?").arg(config_.baselineName()),
                         QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &window_);
    question.setDefaultButton(QMessageBox::Save);
    const int answer = question.exec();
    discarded_ = answer == QMessageBox::Discard;
    return discarded_ || (answer == QMessageBox::Save && save());
}

/// A setting is opened, a folder of songs is trained on, weights are started from; the rest is for others.
void ConfigurationController::takeDropped(const QString& path) {
    const QFileInfo file(path);
    const QString suffix = file.suffix().toLower();
    if (suffix == QLatin1String("yaml") || suffix == QLatin1String("yml"))
        open(path);
    else if (suffix == QLatin1String("safetensors"))
        config_.set(*findOption("training.init_from"), path.toStdString());
    else if (file.isDir() && QFileInfo(QDir(path).filePath(QStringLiteral("train"))).isDir())
        takeSongs_ ? takeSongs_(path) : config_.set(*findOption("data.root"), path.toStdString());
}

void ConfigurationController::readTitle() {
    window_.setWindowTitle(config_.baselineName() + QStringLiteral("[*]"));
    window_.setWindowModified(config_.isModified());
}

} // namespace headroom::ui
