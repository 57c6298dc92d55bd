// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/theme/theme.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

/// What the window remembers for its user, stored in headroom/studio.ini of the user's configuration folder.
/// No other code of the window uses QSettings. GUI thread.
namespace headroom::ui::preferences {

/// XDG_DATA_HOME/headroom: default location of files that the window creates.
QString dataFolder();

Theme::Mode theme();
void setTheme(Theme::Mode mode);

/// "en", "ko"; empty: the system language.
QString language();
void setLanguage(const QString& code);

/// Name of the card that the forecast is for; empty: never selected.
QString card();
/// Its memory in bytes, if the user has set it; absent: that of the card with this name.
std::optional<std::int64_t> cardCapacity();
void setCard(const QString& name, std::optional<std::int64_t> capacity = {});

/// Assumed memory of other programs on the card, bytes; absent: never set.
std::optional<std::int64_t> assumedOthers();
void setAssumedOthers(std::int64_t bytes);

QByteArray windowGeometry();
QByteArray windowState();
void setWindow(const QByteArray& geometry, const QByteArray& state);

/// Whether the configuration panel is open on a page, by the page's object name; absent: never changed.
std::optional<bool> configurationOpen(const QString& page);
void setConfigurationOpen(const QString& page, bool open);

/// Folder of new runs whose configuration names no folder: the user's choice, or XDG_DATA_HOME/headroom/runs.
QString runsFolder();
void setRunsFolder(const QString& folder);

/// Folders that are searched for runs in addition to runsFolder().
QStringList otherRunFolders();
void addRunFolder(const QString& folder);

/// View options of the training charts.
struct ChartView {
    int smoothing = 90; ///< percent
    bool logLoss = true;
    int axis = 0;            ///< a RunAxis
    QStringList hidden = {}; ///< indexes of hidden charts
};
ChartView chartView();
void setChartView(const ChartView& view);

/// What was open in the window.
struct Workspace {
    QString baselineName = {};
    QString baselineFile = {};
    QString baseline = {}; ///< YAML
    QString config = {};   ///< YAML, with the unsaved changes; empty: no changes
    QString dataset = {};  ///< folder; empty: as in the baseline
    QString run = {};      ///< folder; empty: none
    QString page = {};     ///< object name
};
std::optional<Workspace> workspace();
void setWorkspace(const Workspace& workspace);

/// Recently opened or saved configuration files, newest first.
QStringList recentFiles();
void addRecentFile(const QString& path);

} // namespace headroom::ui::preferences
