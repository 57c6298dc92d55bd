#pragma once

#include "ui/theme/theme.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

/// What the window remembers between two starts, in the user's configuration folder. GUI thread.
namespace headroom::ui::preferences {

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

/// Setting files opened and saved of late, the newest first.
QStringList recentFiles();
void addRecentFile(const QString& path);

} // namespace headroom::ui::preferences
