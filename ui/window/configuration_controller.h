// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>

#include <functional>

class QAction;
class QMenu;

namespace headroom::ui {

class ConfigModel;
class OptionPanel;
class MainWindow;

/// Opens, saves and undoes configurations from menus, shortcuts and drag and drop. GUI thread.
class ConfigurationController : public QObject {
    Q_OBJECT

public:
    /// @param config,options,window outlive this
    ConfigurationController(ConfigModel& config, OptionPanel& options, MainWindow& window);

    void open(const QString& path);
    /// Closing the window does not ask to save changes if `isStored` returns true: the configuration is also
    /// stored elsewhere, such as in the folder of a run that was started with it.
    void setStoredElsewhere(std::function<bool()> isStored) { isStoredElsewhere_ = std::move(isStored); }
    /// Calls `open` for data sets dropped on the window, instead of setting data.root.
    void setDatasetHandler(std::function<void(const QString& path)> open) { openDataset_ = std::move(open); }
    /// Whether the user discarded the changes when closing the window.
    bool discarded() const { return discarded_; }

private:
    QAction* addOpen(const QString& text, const QKeySequence& keys);
    QAction* add(int menu, const QString& text, const QKeySequence& keys);
    void addFileActions();
    void addEditActions();
    QMenu* makeNewMenu();
    void populateRecent();
    void askAndOpen();
    // These return false if nothing was saved.
    bool save();
    bool askAndSave();
    bool saveTo(const QString& path);
    bool mayClose();
    void onDropped(const QString& path);
    void updateTitle();

    ConfigModel& config_;
    OptionPanel& options_;
    MainWindow& window_;
    QMenu* recent_;
    std::function<bool()> isStoredElsewhere_;
    std::function<void(const QString&)> openDataset_;
    bool discarded_ = false;
};

} // namespace headroom::ui
