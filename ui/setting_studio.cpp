#include "ui/setting_studio.h"

#include "core/config/knob_table.h"
#include "core/support/error.h"
#include "ui/main_window.h"
#include "ui/models/config_model.h"
#include "ui/preferences.h"
#include "ui/widgets/error_dialog.h"
#include "ui/widgets/knob_panel.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>

namespace headroom::ui {
namespace {

QString yamlFilter() {
    return SettingStudio::tr("Settings (*.yaml *.yml)");
}

} // namespace

SettingStudio::SettingStudio(ConfigModel& config, KnobPanel& knobs, MainWindow& window)
    : config_(config), knobs_(knobs), window_(window),
      recent_(new QMenu(tr("Open &recent setting"), &window)) {
    addFileActions();
    addEditActions();
    connect(&window, &MainWindow::dropped, this, &SettingStudio::takeDropped);
    connect(&config, &ConfigModel::changed, this, &SettingStudio::readTitle);
    connect(&config.history(), &QUndoStack::cleanChanged, this, &SettingStudio::readTitle);
    readTitle();
}

QAction* SettingStudio::add(int menu, const QString& text, const QKeySequence& keys) {
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    window_.addAction(static_cast<MainWindow::Menu>(menu), action);
    return action;
}

void SettingStudio::addFileActions() {
    constexpr int file = static_cast<int>(MainWindow::Menu::File);
    connect(add(file, tr("&Open setting..."), QKeySequence::Open), &QAction::triggered, this,
            &SettingStudio::askAndOpen);
    connect(recent_, &QMenu::aboutToShow, this, &SettingStudio::fillRecent);
    window_.addAction(MainWindow::Menu::File, recent_->menuAction());
    connect(add(file, tr("&Save setting"), QKeySequence::Save), &QAction::triggered, this,
            &SettingStudio::save);
    connect(add(file, tr("Save setting &as..."), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)),
            &QAction::triggered, this, &SettingStudio::askAndSave);
    connect(add(file, tr("&Command line..."), {}), &QAction::triggered, &knobs_, &KnobPanel::showCommandLine);
}

void SettingStudio::addEditActions() {
    auto* undo = config_.history().createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    auto* redo = config_.history().createRedoAction(this, tr("&Redo"));
    redo->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    window_.addAction(MainWindow::Menu::Edit, undo);
    window_.addAction(MainWindow::Menu::Edit, redo);
    connect(add(static_cast<int>(MainWindow::Menu::Edit), tr("&Find a setting"), QKeySequence::Find),
            &QAction::triggered, this, [this] {
                window_.showSettings();
                knobs_.focusSearch();
            });
}

void SettingStudio::fillRecent() {
    recent_->clear();
    const QStringList files = preferences::recentFiles();
    if (files.isEmpty())
        recent_->addAction(tr("none yet"))->setEnabled(false);
    for (const QString& path : files)
        connect(recent_->addAction(path), &QAction::triggered, this, [this, path] { open(path); });
}

void SettingStudio::askAndOpen() {
    const QString path = QFileDialog::getOpenFileName(&window_, tr("Open setting"), {}, yamlFilter());
    if (!path.isEmpty())
        open(path);
}

void SettingStudio::open(const QString& path) {
    try {
        config_.load(path.toStdString());
        preferences::addRecentFile(path);
    } catch (const Error& error) {
        ErrorDialog(tr("This setting cannot be opened"), error, &window_).exec();
    }
}

void SettingStudio::save() {
    // A preset is not written over: it is the program's.
    if (QFileInfo(config_.baselineFile()).isAbsolute())
        saveTo(config_.baselineFile());
    else
        askAndSave();
}

void SettingStudio::askAndSave() {
    const QString path = QFileDialog::getSaveFileName(&window_, tr("Save setting"),
                                                      QStringLiteral("setting.yaml"), yamlFilter());
    if (!path.isEmpty())
        saveTo(path);
}

void SettingStudio::saveTo(const QString& path) {
    try {
        config_.save(path.toStdString());
        preferences::addRecentFile(path);
    } catch (const Error& error) {
        ErrorDialog(tr("This setting cannot be saved"), error, &window_).exec();
    }
}

/// A setting is opened, a folder of songs is trained on, weights are started from; the rest is for others.
void SettingStudio::takeDropped(const QString& path) {
    const QFileInfo file(path);
    const QString suffix = file.suffix().toLower();
    if (suffix == QLatin1String("yaml") || suffix == QLatin1String("yml"))
        open(path);
    else if (suffix == QLatin1String("safetensors"))
        config_.set(*findKnob("training.init_from"), path.toStdString());
    else if (file.isDir() && QFileInfo(QDir(path).filePath(QStringLiteral("train"))).isDir())
        config_.set(*findKnob("data.root"), path.toStdString());
}

void SettingStudio::readTitle() {
    window_.setWindowTitle(config_.baselineName() + QStringLiteral("[*]"));
    window_.setWindowModified(!config_.history().isClean());
}

} // namespace headroom::ui
