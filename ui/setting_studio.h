#pragma once

#include <QObject>
#include <QString>

class QAction;
class QMenu;

namespace headroom::ui {

class ConfigModel;
class KnobPanel;
class MainWindow;

/// The part of the studio that opens, saves and undoes settings, from menus, keys and by drag and drop. GUI
/// thread.
class SettingStudio : public QObject {
    Q_OBJECT

public:
    /// @param config,knobs,window outlive this
    SettingStudio(ConfigModel& config, KnobPanel& knobs, MainWindow& window);

    void open(const QString& path);

private:
    QAction* add(int menu, const QString& text, const QKeySequence& keys);
    void addFileActions();
    void addEditActions();
    void fillRecent();
    void askAndOpen();
    void save();
    void askAndSave();
    void saveTo(const QString& path);
    void takeDropped(const QString& path);
    void readTitle();

    ConfigModel& config_;
    KnobPanel& knobs_;
    MainWindow& window_;
    QMenu* recent_;
};

} // namespace headroom::ui
