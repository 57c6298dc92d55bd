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

/// The part of the studio that opens, saves and undoes settings, from menus, keys and by drag and drop. GUI
/// thread.
class ConfigurationController : public QObject {
    Q_OBJECT

public:
    /// @param config,knobs,window outlive this
    ConfigurationController(ConfigModel& config, OptionPanel& options, MainWindow& window);

    void open(const QString& path);
    /// Tells where the setting is kept beside its file, as in the folder of a run that was begun with it:
    /// then there is nothing to ask for when the window closes.
    void setKeptElsewhere(std::function<bool()> kept) { keptElsewhere_ = std::move(kept); }
    /// Told of folders of songs that are dropped on the window, in place of the setting.
    void setSongsTaker(std::function<void(const QString& folder)> take) { takeSongs_ = std::move(take); }
    /// The user did not want the changes kept when the window was closed.
    bool discarded() const { return discarded_; }

private:
    QAction* add(int menu, const QString& text, const QKeySequence& keys);
    void addFileActions();
    void addEditActions();
    void fillRecent();
    void askAndOpen();
    // False where nothing was saved.
    bool save();
    bool askAndSave();
    bool saveTo(const QString& path);
    bool mayClose();
    void takeDropped(const QString& path);
    void readTitle();

    ConfigModel& config_;
    OptionPanel& options_;
    MainWindow& window_;
    QMenu* recent_;
    std::function<bool()> keptElsewhere_;
    std::function<void(const QString&)> takeSongs_;
    bool discarded_ = false;
};

} // namespace headroom::ui
