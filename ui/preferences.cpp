#include "ui/preferences.h"

#include <QSettings>

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

void setCard(const QString& name) {
    store().setValue(QStringLiteral("card"), name);
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

QStringList recentFiles() {
    return store().value(QStringLiteral("recentFiles")).toStringList();
}

void addRecentFile(const QString& path) {
    constexpr int most = 8;
    QStringList files = recentFiles();
    files.removeAll(path);
    files.prepend(path);
    store().setValue(QStringLiteral("recentFiles"), QStringList(files.mid(0, most)));
}

} // namespace headroom::ui::preferences
