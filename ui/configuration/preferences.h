#pragma once

#include "ui/theme/theme.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

/// What the window remembers between two starts, in the user's configuration folder; nothing else in the
/// window uses QSettings. GUI thread.
namespace headroom::ui::preferences {

/// XDG_DATA_HOME/headroom: for what the window makes without being told where.
QString dataFolder();

Theme::Mode theme();
void setTheme(Theme::Mode mode);

/// "en", "ko"; empty: the system's.
QString language();
void setLanguage(const QString& code);

/// Name of the card that forecasts are for; empty: never chosen.
QString card();
void setCard(const QString& name);

/// Bytes assumed for other programs; absent: never set.
std::optional<std::int64_t> assumedOthers();
void setAssumedOthers(std::int64_t bytes);

QByteArray windowGeometry();
QByteArray windowState();
void setWindow(const QByteArray& geometry, const QByteArray& state);

/// Whether the dock of settings is open on a page, by the page's object name; absent: never chosen.
std::optional<bool> settingsOpen(const QString& page);
void setSettingsOpen(const QString& page, bool open);

/// Where new runs go unless their setting names a folder: what the user chose, or
/// XDG_DATA_HOME/headroom/runs.
QString runsFolder();
void setRunsFolder(const QString& folder);

/// Folders that are looked through for runs, beside runsFolder().
QStringList otherRunFolders();
void addRunFolder(const QString& folder);

/// How the charts of a run are shown.
struct ChartView {
    int smoothing = 90; ///< hundredths
    bool logLoss = true;
    int axis = 0;            ///< a RunAxis
    QStringList hidden = {}; ///< numbers of charts
};
ChartView chartView();
void setChartView(const ChartView& view);

/// What was open when the window was last closed.
struct Workspace {
    QString baselineName = {};
    QString baselineFile = {};
    QString baseline = {}; ///< YAML
    QString setting = {};  ///< YAML, with the unsaved changes; empty: there are none
    QString songs = {};    ///< the folder; empty: as in the baseline
    QString run = {};      ///< the folder
    QString page = {};     ///< by its object name
};
std::optional<Workspace> workspace();
void setWorkspace(const Workspace& workspace);

/// Setting files opened and saved of late, the newest first.
QStringList recentFiles();
void addRecentFile(const QString& path);

} // namespace headroom::ui::preferences
