// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/preferences.h"

#include <QDir>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>
#include <array>

namespace headroom::ui::preferences {
namespace {

constexpr std::array themeNames = {"dark", "light", "system"}; // by Theme::Mode

QSettings store() {
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("headroom"),
                     QStringLiteral("studio"));
}

} // namespace

QString dataFolder() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation))
        .filePath(QStringLiteral("headroom"));
}

Theme::Mode theme() {
    const QString name = store().value(QStringLiteral("theme")).toString();
    const auto found = std::find(themeNames.begin(), themeNames.end(), name);
    return found == themeNames.end() ? Theme::Mode::System
                                     : static_cast<Theme::Mode>(found - themeNames.begin());
}

void setTheme(Theme::Mode mode) {
    store().setValue(QStringLiteral("theme"),
                     QString::fromLatin1(themeNames[static_cast<std::size_t>(mode)]));
}

QString language() {
    return store().value(QStringLiteral("language")).toString();
}

void setLanguage(const QString& code) {
    store().setValue(QStringLiteral("language"), code);
}

QString card() {
    return store().value(QStringLiteral("card")).toString();
}

std::optional<std::int64_t> cardCapacity() {
    const QVariant bytes = store().value(QStringLiteral("cardCapacity"));
    return bytes.toLongLong() > 0 ? std::optional<std::int64_t>(bytes.toLongLong()) : std::nullopt;
}

void setCard(const QString& name, std::optional<std::int64_t> capacity) {
    store().setValue(QStringLiteral("card"), name);
    if (capacity)
        store().setValue(QStringLiteral("cardCapacity"), static_cast<qint64>(*capacity));
    else
        store().remove(QStringLiteral("cardCapacity"));
}

std::optional<std::int64_t> assumedOthers() {
    const QVariant bytes = store().value(QStringLiteral("assumedOthers"));
    return bytes.isValid() ? std::optional<std::int64_t>(bytes.toLongLong()) : std::nullopt;
}

void setAssumedOthers(std::int64_t bytes) {
    store().setValue(QStringLiteral("assumedOthers"), static_cast<qlonglong>(bytes));
}

QByteArray windowGeometry() {
    return store().value(QStringLiteral("window/geometry")).toByteArray();
}

QByteArray windowState() {
    return store().value(QStringLiteral("window/state")).toByteArray();
}

void setWindow(const QByteArray& geometry, const QByteArray& state) {
    QSettings settings = store();
    settings.setValue(QStringLiteral("window/geometry"), geometry);
    settings.setValue(QStringLiteral("window/state"), state);
}

std::optional<bool> configurationOpen(const QString& page) {
    const QVariant open = store().value(QStringLiteral("settingsOpen/") + page);
    return open.isValid() ? std::optional<bool>(open.toBool()) : std::nullopt;
}

void setConfigurationOpen(const QString& page, bool open) {
    store().setValue(QStringLiteral("settingsOpen/") + page, open);
}

QString runsFolder() {
    const QString chosen = store().value(QStringLiteral("runs/folder")).toString();
    return chosen.isEmpty() ? QDir(dataFolder()).filePath(QStringLiteral("runs")) : chosen;
}

void setRunsFolder(const QString& folder) {
    store().setValue(QStringLiteral("runs/folder"), folder);
}

QStringList otherRunFolders() {
    return store().value(QStringLiteral("runs/others")).toStringList();
}

void addRunFolder(const QString& folder) {
    QStringList folders = otherRunFolders();
    if (!folders.contains(folder))
        store().setValue(QStringLiteral("runs/others"), folders << folder);
}

ChartView chartView() {
    const QSettings settings = store();
    const ChartView defaults;
    return {.smoothing = settings.value(QStringLiteral("charts/smoothing"), defaults.smoothing).toInt(),
            .logLoss = settings.value(QStringLiteral("charts/logLoss"), defaults.logLoss).toBool(),
            .axis = settings.value(QStringLiteral("charts/axis"), defaults.axis).toInt(),
            .hidden = settings.value(QStringLiteral("charts/hidden")).toStringList()};
}

void setChartView(const ChartView& view) {
    QSettings settings = store();
    settings.setValue(QStringLiteral("charts/smoothing"), view.smoothing);
    settings.setValue(QStringLiteral("charts/logLoss"), view.logLoss);
    settings.setValue(QStringLiteral("charts/axis"), view.axis);
    settings.setValue(QStringLiteral("charts/hidden"), view.hidden);
}

std::optional<Workspace> workspace() {
    const QSettings settings = store();
    if (!settings.contains(QStringLiteral("workspace/baseline")))
        return std::nullopt;
    const auto text = [&settings](const char* key) {
        return settings.value(QStringLiteral("workspace/") + QLatin1String(key)).toString();
    };
    return Workspace{.baselineName = text("baselineName"),
                     .baselineFile = text("baselineFile"),
                     .baseline = text("baseline"),
                     .config = text("setting"),
                     .dataset = text("songs"),
                     .run = text("run"),
                     .page = text("page")};
}

void setWorkspace(const Workspace& workspace) {
    QSettings settings = store();
    const auto put = [&settings](const char* key, const QString& text) {
        settings.setValue(QStringLiteral("workspace/") + QLatin1String(key), text);
    };
    put("baselineName", workspace.baselineName);
    put("baselineFile", workspace.baselineFile);
    put("baseline", workspace.baseline);
    put("setting", workspace.config);
    put("songs", workspace.dataset);
    put("run", workspace.run);
    put("page", workspace.page);
}

QStringList recentFiles() {
    return store().value(QStringLiteral("recentFiles")).toStringList();
}

void addRecentFile(const QString& path) {
    constexpr int maxFiles = 8;
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    store().setValue(QStringLiteral("recentFiles"), QStringList(files.mid(0, maxFiles)));
}

} // namespace headroom::ui::preferences
