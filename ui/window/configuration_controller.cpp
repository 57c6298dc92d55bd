// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/configuration_controller.h"

#include "core/config/config_file.h"
#include "core/config/option_table.h"
#include "core/interop/open_config.h"
#include "core/session/run_paths.h"
#include "core/support/error.h"
#include "core/values/weights_suffixes.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_panel.h"
#include "ui/configuration/preferences.h"
#include "ui/configuration/presets.h"
#include "ui/theme/plain_text.h"
#include "ui/widgets/error_dialog.h"
#include "ui/window/conversion_dialog.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QStandardPaths>
#include <QUndoView>

namespace headroom::ui {
namespace {

QString yamlFilter() {
    return ConfigurationController::tr("Configurations (*.yaml *.yml)");
}

/// In the folder of the file that was last opened or saved.
QString suggestedFile() {
    const QStringList recent = preferences::recentFiles();
    const QDir folder(recent.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                                       : QFileInfo(recent.front()).absolutePath());
    return folder.filePath(QStringLiteral("config.yaml"));
}

/// False for a file that is missing or damaged, which saving replaces.
bool isOfAnotherProgram(const QString& path) {
    try {
        return isForeignConfig(readConfigText(path.toStdString()));
    } catch (const Error&) {
        return false;
    }
}

} // namespace

ConfigurationController::ConfigurationController(ConfigModel& config, OptionPanel& options,
                                                 MainWindow& window)
    : config_(config), options_(options), window_(window),
      recent_(new QMenu(tr("Open &recent configuration"), &window)) {
    addFileActions();
    addEditActions();
    connect(&window, &MainWindow::dropped, this, &ConfigurationController::onDropped);
    connect(&config, &ConfigModel::changed, this, &ConfigurationController::updateTitle);
    window.addCloseGuard([this] { return mayClose(); });
    updateTitle();
}

QAction* ConfigurationController::add(int menu, const QString& text, const QKeySequence& keys) {
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    window_.addAction(static_cast<MainWindow::Menu>(menu), action);
    return action;
}

QAction* ConfigurationController::addOpen(const QString& text, const QKeySequence& keys) {
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    window_.addOpenAction(action);
    return action;
}

/// A new configuration from a preset; the data set stays.
QMenu* ConfigurationController::makeNewMenu() {
    auto* menu = new QMenu(tr("&New from preset"), &window_);
    for (const Preset& preset : presets()) {
        QAction* action = menu->addAction(plainActionText(preset.title));
        connect(action, &QAction::triggered, this, [this, preset] { config_.usePreset(preset); });
    }
    return menu;
}

void ConfigurationController::addFileActions() {
    constexpr int file = static_cast<int>(MainWindow::Menu::File);
    window_.addOpenAction(makeNewMenu()->menuAction());
    connect(addOpen(tr("&Open configuration..."), QKeySequence::Open), &QAction::triggered, this,
            &ConfigurationController::askAndOpen);
    connect(recent_, &QMenu::aboutToShow, this, &ConfigurationController::populateRecent);
    window_.addOpenAction(recent_->menuAction());
    connect(add(file, tr("&Save configuration"), QKeySequence::Save), &QAction::triggered, this,
            &ConfigurationController::save);
    connect(add(file, tr("Save con&figuration as..."), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)),
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
    auto* steps = new QUndoView(&config_.history());
    steps->setEmptyLabel(tr("Before the changes"));
    steps->setAccessibleName(tr("Undo list"));
    window_.addSideDock(MainWindow::Menu::Edit, steps, tr("Undo list"), QStringLiteral("undo"));
    connect(add(static_cast<int>(MainWindow::Menu::Edit), tr("&Find an option"), QKeySequence::Find),
            &QAction::triggered, this, [this] {
                window_.showConfiguration();
                options_.focusSearch();
            });
}

void ConfigurationController::populateRecent() {
    recent_->clear();
    const QStringList files = preferences::recentFiles();
    if (files.isEmpty())
        recent_->addAction(tr("none yet"))->setEnabled(false);
    for (const QString& path : files)
        connect(recent_->addAction(plainActionText(path)), &QAction::triggered, this,
                [this, path] { open(path); });
}

void ConfigurationController::askAndOpen() {
    const QString path = QFileDialog::getOpenFileName(&window_, tr("Open configuration"), {}, yamlFilter());
    if (!path.isEmpty())
        open(path);
}

void ConfigurationController::open(const QString& path) {
    try {
        const auto conversion = config_.load(path.toStdString());
        preferences::addRecentFile(path);
        if (conversion)
            ConversionDialog(*conversion, QFileInfo(path).fileName(), &window_).exec();
    } catch (const Error& error) {
        ErrorDialog(tr("Could not open the configuration"), error, &window_).exec();
    }
}

bool ConfigurationController::save() {
    // Presets, the configurations of runs and files of other programs are not overwritten.
    const QFileInfo file(config_.baselineFile());
    const RunPaths run{file.absolutePath().toStdString()};
    const bool isRunConfig =
        run.config() == file.filePath().toStdString() && QFileInfo(run.checkpoints()).isDir();
    const bool isOwn = file.isAbsolute() && !isRunConfig && !isOfAnotherProgram(file.filePath());
    return isOwn ? saveTo(file.filePath()) : askAndSave();
}

bool ConfigurationController::askAndSave() {
    const QString path =
        QFileDialog::getSaveFileName(&window_, tr("Save configuration"), suggestedFile(), yamlFilter());
    return !path.isEmpty() && saveTo(path);
}

bool ConfigurationController::saveTo(const QString& path) {
    try {
        config_.save(path.toStdString());
        preferences::addRecentFile(path);
        return true;
    } catch (const Error& error) {
        ErrorDialog(tr("Could not save the configuration"), error, &window_).exec();
        return false;
    }
}

bool ConfigurationController::mayClose() {
    if (!config_.isModified() || (isStoredElsewhere_ && isStoredElsewhere_()))
        return true;
    QMessageBox question(QMessageBox::Question, tr("Unsaved configuration"),
                         tr("Save the changes to the configuration \"%1\"?").arg(config_.baselineName()),
                         QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &window_);
    question.setDefaultButton(QMessageBox::Save);
    const int answer = question.exec();
    discarded_ = answer == QMessageBox::Discard;
    return discarded_ || (answer == QMessageBox::Save && save());
}

/// Opens configurations, and sets the data set or the initial weights. Other controllers handle other files,
/// and folders of runs.
void ConfigurationController::onDropped(const QString& path) {
    const QFileInfo file(path);
    const QString suffix = file.suffix().toLower();
    if (suffix == QLatin1String("yaml") || suffix == QLatin1String("yml"))
        open(path);
    else if (isWeightsSuffix(suffix.toStdString()))
        config_.set(*findOption("training.init_from"), path.toStdString());
    else if (suffix == QLatin1String("csv") || (file.isDir() && !RunPaths{path.toStdString()}.holdsRun()))
        openDataset_ ? openDataset_(path) : config_.set(*findOption("data.root"), path.toStdString());
}

void ConfigurationController::updateTitle() {
    window_.setWindowTitle(config_.baselineName() + QStringLiteral("[*]"));
    window_.setWindowModified(config_.isModified());
}

} // namespace headroom::ui
